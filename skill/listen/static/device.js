// The page's device: what it knows goes along with all that it sends. One thing is sent after the other.

import { note } from "./drawer.js";
import * as stream from "./stream.js";

const ANSWER_MS = 8000; // as long as Alexa waits for a skill
const PLAYBACK = "talk/playback"; // what the player reports; it has no session

export const device = {
  listener: listener(),
  session: null, // open while a question is
  screen: false,
};
let answered = Promise.resolve(); // once the last answer is here

function listener() {
  let id = localStorage.getItem("listener");
  if (!id) {
    const noise = crypto.getRandomValues(new Uint8Array(16));
    id = "amzn1.ask.account." + Array.from(noise, (byte) => byte.toString(16).padStart(2, "0")).join("");
    localStorage.setItem("listener", id);
  }
  return id;
}

// What is sent before the last answer is here waits for it: it belongs to the session that it leaves.
export function send(address, event) {
  const answer = answered.then(() => post(address, event));
  answered = answer.catch(() => {});
  return answer;
}

// What the player reports; nothing where its stream has been replaced or stopped meanwhile.
export function report(event, token) {
  answered = answered.then(() => stream.plays(token) && post(PLAYBACK, { event }));
  const told = answered;
  answered = told.catch(() => {});
  return told;
}

// As the page is left: a browser sends this without waiting for the answer.
export function reportLeaving() {
  if (!stream.plays()) return;
  navigator.sendBeacon(PLAYBACK, new Blob([body({ event: "PlaybackStopped" })], { type: "application/json" }));
  stream.stop();
}

async function post(address, event) {
  const reply = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: body(event),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  if (!reply.ok) throw new Error(`${reply.status} ${reply.statusText}`);
  const answer = await reply.json();
  if (address !== PLAYBACK) device.session = answer.session;
  note(answer.exchanges, address !== PLAYBACK);
  stream.obey(answer.player, answer.stream);
  return answer;
}

function body(event) {
  return JSON.stringify({ ...device, player: stream.state(), ...event });
}
