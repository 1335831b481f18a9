// The wordings of a phrase without leaving the text, and fewer open wordings on a phone; without this, links load pages.

const panel = document.getElementById("wordings");
const address = () => location.pathname + location.search;
let shown = address();
let opener = null;

// On a small screen the panel lies over the text: it can be closed, and opens with the next phrase.
function offerToClose() {
  const close = panel?.querySelector(".panel-close");
  if (close) close.hidden = false;
}

function closePanel() {
  panel.classList.add("closed");
  opener?.focus({ preventScroll: true });
}

panel?.addEventListener("click", (event) => {
  if (event.target.closest(".panel-close")) closePanel();
});
panel?.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closePanel();
});
offerToClose();

async function show(link) {
  const answer = await fetch(link.href);
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("wordings");
  if (!fresh) return false;
  panel.replaceChildren(...fresh.childNodes);
  panel.classList.remove("closed", "low");
  offerToClose();
  for (const place of document.querySelectorAll("a.tint[aria-current]")) place.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  history.pushState(null, "", link.href);
  shown = address();
  return true;
}

document.querySelector(".base-text")?.addEventListener("click", async (event) => {
  const link = event.target.closest("a.tint");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  opener = link;
  try {
    if (await show(link)) return;
  } catch {
    // The network failed: the browser's own page says so.
  }
  location.assign(link.href);
});

window.addEventListener("popstate", () => {
  if (address() !== shown) location.reload();
});

// On a phone, the most serious wording is open and the others folded, but for the one that the address names.
if (matchMedia("(max-width: 44rem)").matches) {
  for (const group of [...document.querySelectorAll(".wording-group")].slice(1)) {
    if (`#${group.id}` !== location.hash) group.open = false;
  }
}
