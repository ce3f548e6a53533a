// The device's AudioPlayer: obeys the player's state that the server answers with (skill/talk/player.py).

import { line, recording } from "./transcript.js";

const NEARLY_S = 10; // before its end, a stream is nearly finished
const [audio, shown, title, subtitle, time, bar, toggle] = [
  "stream", "now-playing", "title", "subtitle", "time", "heard", "toggle",
].map((id) => document.getElementById(id));

let player = {};
let following = null; // a recording that begins as soon as nothing is said any more
let words = null; // of the recording that is heard, in the conversation
let nearly = false; // whether that has been told
let tell = () => {};

// `listener` is told the name of what comes to pass, and the token of the stream to which it does.
export function whenSomethingHappens(listener) {
  tell = listener;
}

export function plays(token = player.stream?.token) {
  return player.activity === "PLAYING" && player.stream.token === token;
}

// As a request's context has it: where the stream is now.
export function state() {
  return plays() ? { ...player, offset: audio.currentTime } : player;
}

// `begun` is the recording that takes its turn, if one does; it is heard from goOn() on.
export function obey(after, begun) {
  player = after;
  if (begun || !plays()) hold();
  if (begun) {
    const another = !audio.src || new URL(begun.url, location).href !== audio.src;
    if (another) words?.end();
    following = another ? begun : following;
    nearly = false;
    audio.src = begun.url;
    audio.currentTime = player.offset; // before there is anything to play: where it starts
  }
  if (player.activity === "FINISHED") words?.end();
  show();
}

export function goOn() {
  if (!plays()) return;
  if (following) words = recording(following);
  following = null;
  audio.play().catch(({ name }) => name === "NotAllowedError" && happened("PlaybackStopped"));
}

export function hold() {
  audio.pause();
}

// Without asking the skill: it cannot be reached, or the page is being left.
export function stop() {
  obey({ ...state(), activity: "STOPPED" });
}

export function button({ target }) {
  const pressed = target.closest("button");
  return pressed === toggle ? (audio.paused ? "Play" : "Pause") : pressed?.dataset.press;
}

function happened(name) {
  if (plays()) tell(name, player.stream.token);
}

function show() {
  const { stream, activity } = player;
  const hidden = !stream || activity === "FINISHED";
  if (hidden && shown.contains(document.activeElement)) document.getElementById("words").focus();
  shown.hidden = hidden;
  title.textContent = stream?.title ?? "";
  subtitle.textContent = stream?.subtitle ?? "";
  toggle.ariaLabel = audio.paused ? "Play" : "Pause";
  toggle.dataset.shows = toggle.ariaLabel;
  showTime();
}

function showTime() {
  const { currentTime, duration } = audio;
  bar.value = currentTime / duration || 0;
  time.textContent = duration ? `${clock(currentTime)} of ${clock(duration)}` : clock(currentTime);
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

function nearlyFinished() {
  if (nearly) return;
  nearly = true;
  happened("PlaybackNearlyFinished");
}

audio.addEventListener("timeupdate", () => {
  if (!plays()) return;
  showTime();
  if (audio.paused) return;
  words?.follow(audio.currentTime);
  if (audio.duration - audio.currentTime < NEARLY_S) nearlyFinished();
});
audio.addEventListener("ended", () => {
  nearlyFinished();
  happened("PlaybackFinished");
});
audio.addEventListener("error", () => {
  line("fault", "That recording could not be played. Its words are above.");
  happened("PlaybackFailed");
});
for (const type of ["play", "pause", "loadedmetadata"]) audio.addEventListener(type, show);
