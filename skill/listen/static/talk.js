// The talk page: sends what is said, and plays the answer out as the speaker would.

import { device, report, reportLeaving, send } from "./device.js";
import { canListen, listen } from "./microphone.js";
import * as screen from "./screen.js";
import * as stream from "./stream.js";
import { line, recording, titled } from "./transcript.js";
import { hushVoice, speak } from "./voice.js";

const OPENING = "open Nightfeed";
const STATES = {
  closed: "Closed. Open it to begin.",
  hearing: "I’m listening.",
  waiting: "One moment.",
  speaking: "Speaking. You can cut in.",
  listening: "Your turn.",
  playing: "Playing. You can cut in.",
};

const [state, suggestions, form, words, mute, microphone, clips, streamed, player, reminders] = [
  "state", "suggestions", "form", "words", "mute", "microphone", "player", "stream", "now-playing", "reminders",
].map((id) => document.getElementById(id));

let again = ""; // what is heard after a silence
let hearing = new AbortController(); // ends when something else is said
let muted = false;

function enter(name) {
  document.body.dataset.state = name;
  state.textContent = STATES[name];
  microphone.ariaPressed = name === "hearing";
  const when = device.session ? "open" : stream.plays() ? "playing" : "closed";
  words.placeholder = when === "closed" ? OPENING : "Say anything";
  const focused = document.activeElement;
  for (const button of suggestions.children) button.hidden = button.dataset.when !== when;
  if (focused.hidden) suggestions.querySelector("button:not([hidden])").focus();
}

// While a question is open, a stream waits.
function rest() {
  enter(device.session ? "listening" : stream.plays() ? "playing" : "closed");
  if (!device.session) stream.goOn();
}

function interrupt() {
  hearing.abort();
  hearing = new AbortController();
  stream.hold();
  return hearing.signal;
}

function say(text) {
  act("talk", { text }, text);
}

function act(address, event, text = "") {
  const signal = interrupt();
  // Some browsers let only an element that a tap has touched play by itself later.
  for (const audio of [clips, streamed]) if (!audio.src) audio.load();
  if (text) line("mine", text);
  enter("waiting");
  answer(address, event, signal, text);
}

async function answer(address, event, signal, text) {
  try {
    const heard = await send(address, event);
    again = heard.again;
    screen.show(heard.screen);
    reminders.textContent = heard.reminders.map((reminder) => `Reminder on ${reminder}.`).join(" ");
    if (!signal.aborted) play(heard, signal);
  } catch (fault) {
    if (event.button) stream.stop();
    if (signal.aborted) return;
    unanswered(fault, "please say it again");
    words.value ||= text;
    rest();
  }
}

function unanswered({ message }, remedy) {
  line("fault", `There was no answer (${message}). If Nightfeed's server is running, ${remedy}.`);
}

async function play({ steps, card }, signal) {
  enter("speaking");
  for (const step of steps) {
    if (step.url) await playClip(step, signal);
    else await speak(step.text, { muted, signal, last: step === steps.at(-1) });
    if (signal.aborted) return;
  }
  if (card) titled("card", card.title, card.content);
  rest();
}

async function playClip(step, signal) {
  const bar = document.createElement("progress");
  bar.ariaLabel = "How much of it has been played";
  bar.value = 0;
  const shown = recording(step, bar);
  const well = await playUrl(step.url, signal, () => {
    bar.value = clips.currentTime / clips.duration || 0;
    shown.follow(clips.currentTime);
  });
  shown.end();
  if (!well) line("fault", "That recording could not be played. Its words are above.");
}

// Whether the recording could be played, to its end or until something else was said.
function playUrl(url, signal, progress) {
  return new Promise((done) => {
    const over = new AbortController();
    const end = (well) => {
      if (over.signal.aborted) return;
      over.abort();
      clips.pause();
      done(well);
    };
    clips.addEventListener("timeupdate", progress, { signal: over.signal });
    clips.addEventListener("ended", () => end(true), { signal: over.signal });
    clips.addEventListener("error", () => end(false), { signal: over.signal });
    signal.addEventListener("abort", () => end(true));
    clips.src = url;
    clips.play().catch(() => end(false));
  });
}

async function hear() {
  const signal = interrupt();
  enter("hearing");
  let said = "";
  try {
    said = await listen(signal);
  } catch (fault) {
    line("fault", fault.message);
  }
  if (signal.aborted) return;
  if (said) say(said);
  else rest();
}

stream.whenSomethingHappens(async (event, token) => {
  try {
    await report(event, token);
  } catch (fault) {
    stream.stop();
    unanswered(fault, "press Play to go on");
  }
  if (["playing", "closed"].includes(document.body.dataset.state)) rest();
});

player.addEventListener("click", (event) => {
  const button = stream.button(event);
  if (button) act("talk/press", { button });
});

screen.whenTouched((intent, label) => act("talk/touch", { intent }, label));
screen.whenToggled((wanted) => (device.screen = wanted));

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
  if (!words.value || !["speaking", "hearing"].includes(document.body.dataset.state)) return;
  interrupt();
  rest();
});

mute.addEventListener("click", () => {
  muted = !muted;
  mute.ariaPressed = muted;
  clips.muted = streamed.muted = muted;
  if (muted) hushVoice();
});

microphone.hidden = !canListen;
microphone.addEventListener("click", () => {
  if (document.body.dataset.state !== "hearing") return hear();
  interrupt();
  rest();
});

addEventListener("pagehide", reportLeaving);
rest();
