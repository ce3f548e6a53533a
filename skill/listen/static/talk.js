// The talk page: sends what is typed, and plays the answer out as the speaker would.

const VOICE_START_MS = 1500; // a browser without voices never says that it began
const conversation = document.querySelector("#conversation");
const words = document.querySelector("#words");
const hush = document.querySelector("#hush");

let session = null;
let playing = null; // the answer that is being heard; a new one takes its place
let silent = false;

function listener() {
  let id = localStorage.getItem("listener");
  if (!id) {
    const noise = crypto.getRandomValues(new Uint8Array(16));
    id = "amzn1.ask.account." + Array.from(noise, (byte) => byte.toString(16).padStart(2, "0")).join("");
    localStorage.setItem("listener", id);
  }
  return id;
}

function line(kind, text) {
  const item = document.createElement("li");
  item.className = kind;
  item.textContent = text;
  conversation.append(item);
  item.scrollIntoView({ block: "end" });
  return item;
}

function stopPlaying() {
  playing?.abort();
  playing = null;
}

async function say(text) {
  stopPlaying();
  document.querySelector("#silence").hidden = true;
  line("mine", text);
  const turn = (playing = new AbortController());
  let answer;
  try {
    const reply = await fetch("talk", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text, listener: listener(), session }),
    });
    if (!reply.ok) throw new Error(reply.statusText);
    answer = await reply.json();
  } catch (fault) {
    line("fault", `The server did not answer (${fault.message}). Is it still running?`);
    return;
  }
  session = answer.session;
  show(answer);
  await play(answer, turn.signal);
}

function show(answer) {
  document.querySelector("#request").textContent = JSON.stringify(answer.request, null, 2);
  document.querySelector("#response").textContent = JSON.stringify(answer.response, null, 2);
}

async function play(answer, signal) {
  for (const step of answer.steps) {
    if (signal.aborted) return;
    await (step.url ? playClip(step, signal) : speak(step, signal));
  }
  if (signal.aborted) return;
  if (answer.card) {
    const card = line("card", answer.card.content);
    const title = document.createElement("strong");
    title.textContent = answer.card.title;
    card.prepend(title);
  }
  document.querySelector("#silence").hidden = !answer.session;
  document.querySelector("#again").textContent = answer.again;
}

function speak(step, signal) {
  line("spoken", step.text);
  if (silent || !window.speechSynthesis?.getVoices().length) return Promise.resolve();
  return new Promise((done) => {
    const utterance = new SpeechSynthesisUtterance(step.text);
    utterance.lang = "en-GB";
    utterance.voice = speechSynthesis.getVoices().find((voice) => voice.lang === "en-GB") ?? null;
    const tooLate = setTimeout(finish, VOICE_START_MS);
    function finish() {
      clearTimeout(tooLate);
      speechSynthesis.cancel();
      done();
    }
    utterance.onstart = () => clearTimeout(tooLate);
    utterance.onend = utterance.onerror = done;
    signal.addEventListener("abort", finish, { once: true });
    speechSynthesis.speak(utterance);
  });
}

function playClip(step, signal) {
  const item = line("clip playing", "");
  const sentences = (step.sentences ?? []).map((sentence) => {
    const span = document.createElement("span");
    span.textContent = sentence.text + " ";
    item.append(span);
    return { ...sentence, span };
  });
  item.scrollIntoView({ block: "end" });
  const audio = new Audio(step.url);
  audio.muted = silent;
  item.audio = audio;
  return new Promise((done) => {
    function finish() {
      item.classList.remove("playing");
      sentences.forEach(({ span }) => span.classList.remove("now"));
      done();
    }
    audio.addEventListener("timeupdate", () => {
      for (const { span, start, end } of sentences) {
        span.classList.toggle("now", audio.currentTime >= start && audio.currentTime < end);
      }
    });
    audio.addEventListener("ended", finish);
    audio.addEventListener("error", finish);
    signal.addEventListener("abort", () => { audio.pause(); finish(); }, { once: true });
    audio.play().catch(finish);
  });
}

document.querySelector("#form").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = words.value.trim() || (session ? "" : "open nightfeed");
  words.value = "";
  if (text) say(text);
});

document.querySelector("#suggestions").addEventListener("click", (event) => {
  const text = event.target.dataset.say;
  if (text) say(text);
});

words.addEventListener("input", () => {
  if (words.value) stopPlaying(); // barge-in: whoever speaks is listened to
});

hush.addEventListener("click", () => {
  silent = !silent;
  hush.setAttribute("aria-pressed", String(silent));
  for (const item of conversation.querySelectorAll("li.playing")) item.audio.muted = silent;
  if (silent) window.speechSynthesis?.cancel();
});
