// The folds of a comparison: all at once, and by a link into one.

import { say } from "./copying.js";

const folds = () => [...document.querySelectorAll("details.fold")];

/** Opens everything that is folded, or closes it again. */
export function toggleFolds() {
  const open = folds().some((fold) => !fold.open);
  for (const fold of folds()) fold.open = open;
  const button = document.querySelector(".show-all");
  if (button) button.textContent = open ? "Fold again" : "Show all";
  say(open ? "Everything is shown." : "Folded again.");
}

/** Lets the button beside the legend do the same; its place is kept from the start, so that nothing moves. */
export function placeShowAll() {
  const button = document.querySelector(".show-all:disabled");
  if (!button || !folds().length) return;
  button.disabled = false;
  button.addEventListener("click", toggleFolds);
}

// A link into a fold opens it, also where the browser does not see to that.
/** Opens the fold that holds what the address names. */
export function openFold() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const fold = target && target.closest("details:not([open])");
  if (!fold) return;
  fold.open = true;
  target.scrollIntoView();
}
