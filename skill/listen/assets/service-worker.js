
// Keeps the pages and, once a guide was opened, its recording, so that it plays without a network.
// VERSION, the site's hash, and KEPT, its small files, stand above.

const SITE = `site ${VERSION}`, GUIDES = "guides";
const here = (path) => new URL(path, registration.scope).href;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SITE).then((cache) => cache.addAll(KEPT.map((path) => here(path || "./")))).then(() => skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("site ") && name !== SITE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});

self.addEventListener("message", ({ data, source }) => {
  if (!Array.isArray(data?.keep)) return;
  keepAll(data.keep.filter((url) => url.startsWith(registration.scope))).then(() => source?.postMessage({ kept: data.keep }), () => {});
});

const lasts = (url) => /\/(assets|audio)\//.test(url);
const folder = (url) => url.slice(0, url.lastIndexOf("/"));

async function keepAll(urls) {
  const cache = await caches.open(GUIDES);
  for (const url of urls) if (!lasts(url) || !(await cache.match(url))) await cache.add(url);
  const folders = urls.filter(lasts).map(folder);
  for (const { url } of await cache.keys()) {
    const recordedAnew = lasts(url) && folders.includes(folder(url)) && !urls.includes(url);
    if (recordedAnew) await cache.delete(url);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  event.respondWith(lasts(request.url) ? keptFirst(request, event.clientId) : networkFirst(request));
});

// A player that began with the network stays with it: Chromium takes no range of one recording from two sources.
// That is also why pages which are open already are not taken over.
const streaming = new Set();

async function keptFirst(request, client) {
  const found = await caches.match(request.url);
  const streams = `${client} ${request.url}`;
  if (found && !streaming.has(streams)) return ranged(request, found);
  streaming.add(streams);
  return fetch(request).catch((fault) => {
    if (found) return ranged(request, found);
    throw fault;
  });
}

async function networkFirst(request) {
  try {
    return await fetch(request);
  } catch (fault) {
    const found = await caches.match(request, { ignoreSearch: true });
    if (found) return found;
    throw fault;
  }
}

// Players ask for a recording in ranges; a cache holds it whole.
async function ranged(request, response) {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("Range") ?? "");
  if (!range) return response;
  const whole = await response.arrayBuffer();
  const start = Number(range[1]), end = Math.min(range[2] ? Number(range[2]) : Infinity, whole.byteLength - 1);
  if (start > end) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${whole.byteLength}` } });
  return new Response(whole.slice(start, end + 1), {
    status: 206,
    headers: { "Content-Type": "audio/mpeg", "Accept-Ranges": "bytes", "Content-Length": end - start + 1, "Content-Range": `bytes ${start}-${end}/${whole.byteLength}` },
  });
}
