// "Share and export" as a panel: what htmx put into it is shown in front of the page. The link leads to a page without it.

import "./copying.js";

document.addEventListener("htmx:afterSwap", (event) => {
  const panel = event.target;
  if (panel.id !== "export") return;
  if (!panel.showPopover) {
    window.location.href = document.getElementById("export-button").href;
    return;
  }
  panel.showPopover();
  panel.querySelector("a, button")?.focus({ preventScroll: true });
});
