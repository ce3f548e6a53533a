// For developers: what was sent and answered.

const [choice, request, response, copied] = ["exchanges", "request", "response", "copied"].map((id) => document.getElementById(id));
const exchanges = [];

// `shown`: the first of them is shown; else what was shown stays.
export function note(more, shown) {
  const first = exchanges.length;
  if (!first) choice.replaceChildren();
  for (const exchange of more) {
    choice.add(new Option(`${exchanges.length + 1}. ${exchange.name}`, exchanges.length));
    exchanges.push(exchange);
  }
  choice.disabled = false;
  if (!shown) return;
  choice.value = first;
  show();
}

function show() {
  const exchange = exchanges[choice.value];
  request.textContent = JSON.stringify(exchange.request, null, 2);
  response.textContent = JSON.stringify(exchange.response, null, 2);
  copied.textContent = "";
}

choice.addEventListener("change", show);

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(text.textContent);
      copied.textContent = `The ${button.dataset.copy} is copied.`;
    } catch {
      getSelection().selectAllChildren(text);
      copied.textContent = `The browser does not let this page copy; the ${button.dataset.copy} is marked instead.`;
    }
  });
}
