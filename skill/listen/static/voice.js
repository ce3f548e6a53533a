// Words that Nightfeed says: by the browser's voice, or for reading.

import { line, readAloud } from "./transcript.js";

const START_MS = 1500; // a voice that does not begin by then is none
const MS_PER_CHARACTER = 200; // slower than any voice: one that never ends is given up
const READING_MS_PER_CHARACTER = 15; // for words that are only shown
const READING_MS_MOST = 1500;

// Words that no voice says are for reading, by a screen reader too; the last need no pause after them.
export async function speak(text, { muted, last, signal }) {
  const voices = muted ? [] : window.speechSynthesis?.getVoices() ?? [];
  readAloud(!voices.length);
  line("spoken", text);
  if (voices.length) await voiced(text, voices, signal);
  else if (!last) await pause(Math.min(text.length * READING_MS_PER_CHARACTER, READING_MS_MOST), signal);
}

export function hushVoice() {
  window.speechSynthesis?.cancel();
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
    let patience = setTimeout(finish, START_MS);
    function finish() {
      if (!patience) return;
      clearTimeout(patience);
      patience = null;
      speechSynthesis.cancel();
      done();
    }
    utterance.onstart = () => {
      clearTimeout(patience);
      patience = setTimeout(finish, text.length * MS_PER_CHARACTER);
    };
    utterance.onend = utterance.onerror = finish;
    signal.addEventListener("abort", finish);
    speechSynthesis.speak(utterance);
  });
}

window.speechSynthesis?.getVoices(); // browsers look for their voices when first asked
