// Speech recognition, where the browser has it.

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const FAULTS = {
  "not-allowed": "This page may not use the microphone; the browser’s settings can allow it.",
  "service-not-allowed": "This browser does not let pages recognise speech.",
  "audio-capture": "There is no microphone.",
  network: "The browser’s speech recognition cannot be reached.",
  "language-not-supported": "The browser does not recognise British English.",
};

export const canListen = Boolean(Recognition);

// What was said, in words; empty where nothing was, or the signal ended it. Throws where it cannot listen.
export function listen(signal) {
  return new Promise((done, fail) => {
    const recognition = new Recognition();
    recognition.lang = "en-GB";
    recognition.onresult = ({ results }) => done(results[0][0].transcript.trim());
    recognition.onerror = ({ error }) => (FAULTS[error] ? fail(new Error(FAULTS[error])) : done(""));
    recognition.onend = () => done("");
    signal.addEventListener("abort", () => {
      recognition.abort();
      done("");
    });
    recognition.start();
  });
}
