// "Share and export" as a panel in front of the page. Where that fails, the link leads to a page with the same.

import "./copying.js";

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.export-button");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !link.showPopover) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(answer.statusText);
    open(link, await answer.text());
  } catch {
    window.location.href = link.href;
  }
});

function open(link, content) {
  document.getElementById("export")?.remove();
  const panel = document.createElement("section");
  panel.id = "export";
  panel.className = "export-menu";
  panel.popover = "auto";
  panel.setAttribute("aria-label", "Share and export");
  panel.innerHTML = content; // of our own server, escaped there
  link.after(panel);
  panel.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    if (panel.contains(document.activeElement) || document.activeElement === document.body) link.focus();
    panel.remove();
  });
  panel.showPopover();
  panel.querySelector("a, button")?.focus({ preventScroll: true });
}
