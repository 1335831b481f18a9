// Going from place to place in the text, by the address's fragment, so that :target shows where one is, and its folds.

import { say } from "./copying.js";

/** Whether the reader can see `element`: nothing that holds it is folded or hidden. */
export const isShown = (element) => !element.closest("details:not([open])") && element.getClientRects().length > 0;

/** The one of `elements` that the address names or that holds what it names, else undefined. */
export function current(elements) {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  return target ? elements.find((element) => element === target) : undefined;
}

/** The next of `elements` in `direction` (1 or -1) from where the reader is, else undefined. */
export function step(elements, direction) {
  const here = current(elements);
  if (here) return elements[elements.indexOf(here) + direction];
  const anchor = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const follows = (element) =>
    anchor
      ? Boolean(anchor.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)
      : element.getBoundingClientRect().top > 0;
  return direction > 0 ? elements.find(follows) : elements.findLast((element) => !follows(element));
}

/** Makes `fragment` the address's, so that :target shows it; the entry of the history stays the same one. */
export function setFragment(fragment) {
  const state = history.state; // by which Back and Forward know what to draw
  location.replace(fragment);
  history.replaceState(state, "");
}

/** Shows `element` and moves the keyboard's focus to it; the way back in the history stays as short as it was. */
export function goTo(element) {
  setFragment(`#${element.id}`);
  element.focus({ preventScroll: true });
}

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
