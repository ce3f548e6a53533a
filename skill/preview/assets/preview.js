// The preview's own script: comes back to what changed, and shows what the editor's desk has to say.

const RETRY_MS = 1000;

const { version, places, draft } = JSON.parse(document.querySelector("meta[name=preview]").content);
const board = document.createElement("p");
board.id = "preview";
board.setAttribute("role", "status");
document.querySelector("header, main").after(board);

function tell(words, amiss = false) {
  board.textContent = words || `Preview${draft ? ", with what is new in the draft voice" : ""}. It follows what you save.`;
  board.classList.toggle("amiss", amiss);
}

// The page's own player has gone to the place that it remembers: what changed goes before.
function goToTheChange() {
  const audio = document.getElementById("audio");
  const spans = [...document.querySelectorAll("#transcript [data-start]")].filter(({ dataset }) => places.includes(Number(dataset.start)));
  for (const span of spans) span.classList.add("changed");
  if (!audio || !places.length) return;
  audio.currentTime = places[0];
  document.getElementById("told").textContent = "";
  spans[0]?.scrollIntoView({ block: "center" });
}

async function follow() {
  let seen = -1;
  for (;;) {
    try {
      const news = await (await fetch(`/preview/news?seen=${seen}`)).json();
      if (news.version !== version) return location.reload();
      seen = news.number;
      tell(news.problem || news.progress, Boolean(news.problem));
    } catch {
      tell("The preview has ended.", true);
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
  }
}

tell("");
goToTheChange();
follow();
