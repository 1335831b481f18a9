// The folds of a comparison: all at once, and by a link into one.

import { say } from "./announcer.js";

const folds = () => [...document.querySelectorAll("details.fold")];

/** Opens everything that is folded, or closes it again. */
export function toggleFolds() {
  const open = folds().some((fold) => !fold.open);
  for (const fold of folds()) fold.open = open;
  const button = document.querySelector(".show-all");
  if (button) button.textContent = open ? "Fold again" : "Show all";
  say(open ? "Everything is shown." : "Folded again.");
}

/** Puts a button beside the legend that does the same. */
export function placeShowAll() {
  if (!folds().length || document.querySelector(".show-all")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "show-all";
  button.textContent = "Show all";
  button.addEventListener("click", toggleFolds);
  document.querySelector(".above .legend")?.before(button);
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
