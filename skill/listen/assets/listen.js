// The listening page: a player that remembers, a transcript that follows, and pages that work offline.

const NIGHT_BEGINS = 20; // o'clock, from which pages are dark until the day begins
const DAY_BEGINS = 7;
const SKIP_SECONDS = 15;
const SAVE_SECONDS = 2; // how much of a place may be lost
const NEAR_THE_END = 3; // seconds: a place there is none to come back to
const RESTART_SECONDS = 4; // "previous" begins the part again after so many
const RETRY_MS = 10_000; // a recording that fails again sooner is given up
const LATE_LOOK = 0.25; // seconds by which a part's end may be passed, before it is one's own seeking

const byId = (id) => document.getElementById(id);
const root = document.body.dataset.root;

function kept(name, otherwise) {
  try { return JSON.parse(localStorage.getItem(name)) ?? otherwise; } catch { return otherwise; }
}

function keep(name, value) {
  try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* a private window keeps nothing */ }
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

function dressForTheHour() {
  const page = document.documentElement, button = byId("theme");
  const hour = new Date().getHours();
  const night = hour >= NIGHT_BEGINS || hour < DAY_BEGINS;
  const dark = () => page.dataset.theme ? page.dataset.theme === "dark" : !matchMedia("(prefers-color-scheme: light)").matches;
  const show = () => { button.textContent = dark() ? "Light" : "Dark"; };
  const chosen = kept("theme", night ? "dark" : "");
  if (chosen) page.dataset.theme = chosen;
  button.hidden = false;
  button.addEventListener("click", () => { page.dataset.theme = dark() ? "light" : "dark"; keep("theme", page.dataset.theme); show(); });
  show();
}

function offerCopying() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => { await navigator.clipboard.writeText(button.dataset.copy); button.textContent = "Copied"; });
  }
}

function showPlaces() {
  for (const span of document.querySelectorAll("[data-place]")) {
    const place = kept(`place ${span.dataset.place}`, 0);
    if (place) span.textContent = ` · you are at ${clock(place)}`;
  }
}

async function workOffline(audio) {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  try {
    await navigator.serviceWorker.register(`${root}service-worker.js`);
    const { active } = await navigator.serviceWorker.ready;
    if (audio) active.postMessage({ keep: [location.href.split("#")[0], audio.currentSrc || audio.src, document.querySelector("[data-cover]").dataset.cover].map((url) => new URL(url, location.href).href) });
  } catch { /* without it, the page needs the network */ }
}

function voting() {
  const form = byId("vote"), voted = byId("voted");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const helpful = event.submitter.value;
    if (!kept("voter", "")) keep("voter", crypto.randomUUID?.() ?? String(Math.random()).slice(2));
    const body = new URLSearchParams({ helpful, listener: kept("voter", "") });
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.status === 429) voted.textContent = "That was a lot of answers. Please try again later.";
      else if (!answer.ok) throw new Error(answer.statusText);
      else voted.textContent = "Thank you. That helps us to write better guides.";
      for (const button of form.querySelectorAll("button")) button.ariaPressed = answer.ok && button === event.submitter;
    } catch {
      voted.textContent = "That didn't reach us. Please try again when you are online.";
    }
  });
}

function player(audio) {
  const article = document.querySelector("[data-guide]"), { guide, title, show, cover } = article.dataset;
  const chapters = [...document.querySelectorAll(".chapters a")].map((link) => ({ link, start: Number(link.dataset.start), title: link.firstElementChild.textContent }));
  const sentences = [...document.querySelectorAll("#transcript [data-start]")].map((span) => ({ span, start: Number(span.dataset.start) }));
  const [seek, toggle, part, elapsed, sleep, speed, told] = ["seek", "toggle", "part", "elapsed", "sleep", "speed", "told"].map(byId);
  const length = Number(seek.max), at = (list, seconds) => list.findLastIndex(({ start }) => start <= seconds + 0.01);
  let chapter = -1, sentence = -1, stopAt = Infinity, saved = 0, retried = 0, dragging = false;

  audio.controls = false;
  byId("controls").hidden = false;
  byId("transcript").classList.add("alive");
  for (const hint of document.querySelectorAll("[data-with-script]")) hint.hidden = false;

  function go(seconds) {
    if (asleep()) sleepAfter(seconds);
    audio.currentTime = Math.max(0, Math.min(seconds, length));
    follow();
  }
  const play = () => audio.play().then(() => { told.textContent = ""; }, (fault) => {
    if (fault.name !== "AbortError") told.textContent = "This can't be played just now. The words are above.";
  });
  const jump = (seconds) => { go(seconds); play(); };
  const asleep = () => stopAt !== Infinity;
  function sleepAfter(seconds) { stopAt = chapters[at(chapters, seconds) + 1]?.start ?? length; }
  const actions = {
    toggle: () => audio.paused ? play() : audio.pause(),
    back: () => go(audio.currentTime - SKIP_SECONDS),
    forward: () => go(audio.currentTime + SKIP_SECONDS),
    next: () => { if (chapters[chapter + 1]) go(chapters[chapter + 1].start); },
    previous: () => {
      const late = audio.currentTime - chapters[chapter].start > RESTART_SECONDS;
      go(chapters[Math.max(0, late ? chapter : chapter - 1)].start);
    },
  };

  function follow() {
    const now = audio.currentTime;
    if (now >= stopAt && now < stopAt + LATE_LOOK + audio.playbackRate) { audio.pause(); wake("Stopped after this part. Sleep well."); }
    elapsed.textContent = clock(now);
    if (!dragging) seek.value = now;
    seek.setAttribute("aria-valuetext", `${clock(now)} of ${clock(length)}`);
    mark(at(chapters, now), at(sentences, now));
    if (Math.abs(now - saved) > SAVE_SECONDS) save();
  }
  function mark(newChapter, newSentence) {
    if (newChapter !== chapter) {
      chapters[chapter]?.link.removeAttribute("aria-current");
      chapter = newChapter;
      chapters[chapter].link.setAttribute("aria-current", "true");
      part.textContent = chapters[chapter].title;
      tellTheLockScreen();
    }
    if (newSentence !== sentence) {
      const before = sentences[sentence]?.span, span = sentences[newSentence]?.span;
      sentence = newSentence;
      before?.classList.remove("now");
      span?.classList.add("now");
      if (span && !audio.paused && inSight(before)) span.scrollIntoView({ block: "center" });
    }
  }
  // A reader who has scrolled elsewhere is left where she is.
  function inSight(span) {
    const box = span?.getBoundingClientRect();
    return box && box.bottom > 0 && box.top < innerHeight;
  }
  function save() {
    saved = audio.currentTime;
    keep(`place ${guide}`, saved > length - NEAR_THE_END ? 0 : saved);
  }
  // When the network goes, what was kept of the recording is there at the second try.
  function again() {
    const [place, played] = [audio.currentTime || saved, toggle.classList.contains("plays")];
    retried = Date.now();
    audio.load();
    audio.currentTime = place;
    if (played) play();
  }
  function wake(words) { stopAt = Infinity; sleep.ariaPressed = "false"; told.textContent = words; }
  function tellTheLockScreen() {
    if (!("mediaSession" in navigator)) return;
    navigator.mediaSession.metadata = new MediaMetadata({ title: chapters[chapter].title, artist: title, album: show, artwork: [{ src: cover, sizes: "1400x1400", type: "image/jpeg" }] });
  }

  audio.addEventListener("timeupdate", follow);
  audio.addEventListener("seeked", follow);
  audio.addEventListener("play", () => { toggle.classList.add("plays"); toggle.ariaLabel = "Pause"; follow(); });
  audio.addEventListener("pause", () => { toggle.classList.remove("plays"); toggle.ariaLabel = "Play"; save(); });
  audio.addEventListener("ended", () => { keep(`place ${guide}`, 0); if (asleep()) wake("Stopped after this part. Sleep well."); });
  audio.addEventListener("error", () => {
    if (Date.now() - retried > RETRY_MS) again();
    else told.textContent = "This recording can't be reached. The words are above.";
  });
  addEventListener("pagehide", save);
  seek.addEventListener("input", () => { dragging = true; elapsed.textContent = clock(seek.value); });
  seek.addEventListener("change", () => { dragging = false; go(Number(seek.value)); });
  byId("controls").addEventListener("click", ({ target }) => actions[target.closest("[data-do]")?.dataset.do]?.());
  speed.addEventListener("change", () => { audio.playbackRate = audio.defaultPlaybackRate = Number(speed.value); keep("speed", speed.value); });
  sleep.addEventListener("click", () => {
    if (asleep()) wake(""); else { sleepAfter(audio.currentTime); sleep.ariaPressed = "true"; told.textContent = ""; }
  });
  for (const { link, start } of chapters) link.addEventListener("click", (event) => { event.preventDefault(); jump(start); });
  byId("transcript").addEventListener("click", ({ target }) => {
    if (target.dataset.start && !String(getSelection())) jump(Number(target.dataset.start));
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, button, a, summary") || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = { " ": "toggle", k: "toggle", ArrowLeft: "back", j: "back", ArrowRight: "forward", l: "forward", n: "next", p: "previous" }[event.key];
    if (!action) return;
    event.preventDefault();
    actions[action]();
  });
  if ("mediaSession" in navigator) {
    const names = { play: "toggle", pause: "toggle", seekbackward: "back", seekforward: "forward", previoustrack: "previous", nexttrack: "next" };
    for (const [name, action] of Object.entries(names)) navigator.mediaSession.setActionHandler(name, actions[action]);
  }

  speed.value = kept("speed", "1");
  audio.playbackRate = audio.defaultPlaybackRate = Number(speed.value);
  const place = kept(`place ${guide}`, 0);
  saved = place;
  if (place) {
    audio.currentTime = place;
    told.textContent = `You had got to ${clock(place)}.`;
  }
  mark(at(chapters, place), at(sentences, place));
  elapsed.textContent = clock(place);
  seek.value = place;
}

dressForTheHour();
offerCopying();
showPlaces();
voting();
const audio = byId("audio");
if (audio) player(audio);
workOffline(audio);
