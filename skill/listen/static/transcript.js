// The conversation, line by line, and the words of a recording as it is heard.

const SENTENCE_END = /[.!?"”…]$/; // what ends otherwise is a heading
const conversation = document.getElementById("conversation");
const state = document.getElementById("state");

export function line(kind, ...content) {
  const item = document.createElement("p");
  item.className = kind;
  item.append(...content);
  conversation.append(item);
  item.scrollIntoView({ block: "nearest" });
  return item;
}

export function titled(kind, title, text) {
  const heading = document.createElement("strong");
  heading.textContent = title;
  return line(kind, heading, text);
}

// Whether a screen reader is to read the lines that follow.
export function readAloud(wanted) {
  conversation.ariaLive = wanted ? "polite" : "off";
}

// A recording's words: `follow` marks the sentence at that second, `end` none.
export function recording({ text, sentences }, ...more) {
  const spans = (sentences ?? [{ text, start: 0 }]).map((sentence) => {
    const span = document.createElement(SENTENCE_END.test(sentence.text) ? "span" : "strong");
    span.textContent = sentence.text;
    return Object.assign(span, { start: sentence.start });
  });
  readAloud(false);
  const item = line("clip playing", ...spans.flatMap((span) => [span, " "]), ...more);
  return {
    follow(seconds) {
      const now = spans.findLast((span) => span.start <= seconds);
      if (!now || now.className) return;
      for (const span of spans) span.className = span === now ? "now" : "";
      const scrolledAway = item.getBoundingClientRect().top > state.getBoundingClientRect().top;
      if (!scrolledAway) now.scrollIntoView({ block: "nearest" });
    },
    end() {
      item.className = "clip";
      for (const span of spans) span.className = "";
      for (const element of more) element.remove();
    },
  };
}
