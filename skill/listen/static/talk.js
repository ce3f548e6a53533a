// The talk page: sends what is said, and plays the answer out as the speaker would.

const OPENING = "open Nightfeed";
const ANSWER_MS = 8000; // as long as Alexa waits for a skill
const VOICE_START_MS = 1500; // a voice that does not begin by then is none
const VOICE_MS_PER_CHARACTER = 200; // slower than any voice: one that never ends is given up
const READING_MS_PER_CHARACTER = 15; // for words that are only shown
const READING_MS_MOST = 1500;
const SENTENCE_END = /[.!?"”…]$/; // what ends otherwise is a heading
const STATES = {
  closed: "Closed. Open it to begin.",
  waiting: "One moment.",
  speaking: "Speaking. You can cut in.",
  listening: "Your turn.",
};

const [conversation, state, suggestions, form, words, mute, player] = [
  "conversation", "state", "suggestions", "form", "words", "mute", "player",
].map((id) => document.getElementById(id));

let session = null; // open while a question is
let again = ""; // what is heard after a silence
let hearing = new AbortController(); // ends when something else is said
let answered = Promise.resolve(); // once the last answer is here
let muted = false;

function listener() {
  let id = localStorage.getItem("listener");
  if (!id) {
    const noise = crypto.getRandomValues(new Uint8Array(16));
    id = "amzn1.ask.account." + Array.from(noise, (byte) => byte.toString(16).padStart(2, "0")).join("");
    localStorage.setItem("listener", id);
  }
  return id;
}

function enter(name) {
  document.body.dataset.state = name;
  state.textContent = STATES[name];
  words.placeholder = session ? "Say anything" : OPENING;
  const focused = document.activeElement;
  for (const button of suggestions.children) button.hidden = button.dataset.when !== (session ? "open" : "closed");
  if (focused.hidden) suggestions.querySelector("button:not([hidden])").focus();
}

function rest() {
  enter(session ? "listening" : "closed");
}

function line(kind, ...content) {
  const item = document.createElement("p");
  item.className = kind;
  item.append(...content);
  conversation.append(item);
  item.scrollIntoView({ block: "nearest" });
  return item;
}

function interrupt() {
  hearing.abort();
  hearing = new AbortController();
  rest();
  return hearing.signal;
}

// Words that are said before the last answer is here wait for it: they belong to the session that it leaves.
function say(text) {
  const signal = interrupt();
  if (!player.src) player.load(); // some browsers let only an element that a tap has touched play by itself later
  line("mine", text);
  enter("waiting");
  answered = answered.then(() => answer(text, signal));
}

async function answer(text, signal) {
  try {
    const reply = await fetch("talk", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text, listener: listener(), session }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (!reply.ok) throw new Error(`${reply.status} ${reply.statusText}`);
    const heard = await reply.json();
    ({ session, again } = heard);
    show(heard);
    if (!signal.aborted) play(heard, signal);
  } catch (fault) {
    if (signal.aborted) return;
    line("fault", `There was no answer (${fault.message}). If Nightfeed's server is running, please say it again.`);
    words.value ||= text;
    rest();
  }
}

function show({ request, response }) {
  document.getElementById("request").textContent = JSON.stringify(request, null, 2);
  document.getElementById("response").textContent = JSON.stringify(response, null, 2);
}

async function play({ steps, card }, signal) {
  enter("speaking");
  for (const step of steps) {
    if (step.url) await playClip(step, signal);
    else await speak(step.text, signal, step === steps.at(-1));
    if (signal.aborted) return;
  }
  if (card) {
    const title = document.createElement("strong");
    title.textContent = card.title;
    line("card", title, card.content);
  }
  rest();
}

// Words that no voice says are for reading, by a screen reader too; the last need no pause after them.
async function speak(text, signal, last) {
  const voices = muted ? [] : window.speechSynthesis?.getVoices() ?? [];
  conversation.ariaLive = voices.length ? "off" : "polite";
  line("spoken", text);
  if (voices.length) await voiced(text, voices, signal);
  else if (!last) await pause(Math.min(text.length * READING_MS_PER_CHARACTER, READING_MS_MOST), signal);
}

function pause(milliseconds, signal) {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
  });
}

function voiced(text, voices, signal) {
  return new Promise((done) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = "en-GB";
    utterance.voice = voices.find((voice) => voice.lang === "en-GB") ?? null;
    let patience = setTimeout(finish, VOICE_START_MS);
    function finish() {
      if (!patience) return;
      clearTimeout(patience);
      patience = null;
      speechSynthesis.cancel();
      done();
    }
    utterance.onstart = () => {
      clearTimeout(patience);
      patience = setTimeout(finish, text.length * VOICE_MS_PER_CHARACTER);
    };
    utterance.onend = utterance.onerror = finish;
    signal.addEventListener("abort", finish);
    speechSynthesis.speak(utterance);
  });
}

async function playClip({ text, url, sentences }, signal) {
  const spans = (sentences ?? [{ text, start: 0 }]).map((sentence) => {
    const span = document.createElement(SENTENCE_END.test(sentence.text) ? "span" : "strong");
    span.textContent = sentence.text;
    return Object.assign(span, { start: sentence.start });
  });
  const bar = document.createElement("progress");
  bar.ariaLabel = "How much of it has been played";
  bar.value = 0;
  conversation.ariaLive = "off";
  const item = line("clip playing", ...spans.flatMap((span) => [span, " "]), bar);
  const well = await playUrl(url, signal, () => {
    bar.value = player.currentTime / player.duration || 0;
    const now = spans.findLast((span) => span.start <= player.currentTime);
    if (!now || now.className) return;
    for (const span of spans) span.className = span === now ? "now" : "";
    const scrolledAway = item.getBoundingClientRect().top > state.getBoundingClientRect().top;
    if (!scrolledAway) now.scrollIntoView({ block: "nearest" });
  });
  item.className = "clip";
  for (const span of spans) span.className = "";
  bar.remove();
  if (!well) line("fault", "That recording could not be played. Its words are above.");
}

// Whether the recording could be played, to its end or until something else was said.
function playUrl(url, signal, progress) {
  return new Promise((done) => {
    const over = new AbortController();
    const end = (well) => {
      if (over.signal.aborted) return;
      over.abort();
      player.pause();
      done(well);
    };
    player.addEventListener("timeupdate", progress, { signal: over.signal });
    player.addEventListener("ended", () => end(true), { signal: over.signal });
    player.addEventListener("error", () => end(false), { signal: over.signal });
    signal.addEventListener("abort", () => end(true));
    player.src = url;
    player.play().catch(() => end(false));
  });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = words.value.trim();
  words.value = "";
  if (text) say(text);
  else if (document.body.dataset.state === "closed") say(OPENING);
  else if (document.body.dataset.state === "listening") play({ steps: [{ text: again }] }, interrupt()); // a silence
});

words.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.repeat) event.preventDefault();
});

suggestions.addEventListener("click", ({ target, detail }) => {
  const ofDoubleClick = detail > 1;
  if (target.dataset.say && !ofDoubleClick) say(target.dataset.say);
});

words.addEventListener("input", () => {
  if (words.value && document.body.dataset.state === "speaking") interrupt();
});

mute.addEventListener("click", () => {
  muted = !muted;
  mute.ariaPressed = muted;
  player.muted = muted;
  if (muted) window.speechSynthesis?.cancel();
});

window.speechSynthesis?.getVoices(); // browsers look for their voices when first asked
rest();
