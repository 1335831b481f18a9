// Going from place to place in the text, by the address's fragment, so that :target shows where one is; all its folds at
// once; and the place that is kept when the view changes, further below. One file, since a first visit counts requests.

import { say } from "./copying.js";

/** Whether the reader can see `element`: nothing that holds it is folded or hidden. */
export const isShown = (element) => !element.closest(".fold[hidden]") && element.getClientRects().length > 0;

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

const folds = () => [...document.querySelectorAll("button.foldbar")];
const isOpen = (fold) => fold.ariaExpanded === "true";

/** Opens everything that is folded, or closes it again. */
export function toggleFolds() {
  const open = !folds().every(isOpen);
  for (const fold of folds()) if (isOpen(fold) !== open) fold.click();
  const button = document.querySelector(".show-all");
  if (button) button.textContent = open ? "Fold again" : "Show all";
  say(open ? "Everything is shown." : "Folded again.");
}

/** Lets the button beside the legend do the same; its place is kept from the start, so that nothing moves. */
export function placeShowAll() {
  const button = document.querySelector(".show-all:disabled");
  if (!button || !document.querySelector(".rows button.foldbar")) return;
  button.disabled = false;
  button.addEventListener("click", toggleFolds);
}

// The place is kept while the comparison's view changes, its texts are swapped, or one goes back.

let place;
let fragment = "";
let allMarks = false;

function barHeight() {
  const bar = document.querySelector(".compare-bar");
  if (!bar) return 0;
  const { position, top } = getComputedStyle(bar);
  return position === "sticky" ? bar.offsetHeight + parseFloat(top) : 0;
}

const shownRows = () => [...document.querySelectorAll(".collation .row")].filter(isShown);
const numberOf = (row) => Number(row.id.slice("row-".length));

// The paragraph that is topmost below the bar, and its height; none as long as one is among the cards.
function rememberPlace() {
  allMarks = Boolean(document.getElementById("marks-all")?.checked);
  const top = barHeight();
  const rows = shownRows();
  const begins = (element) => element.getBoundingClientRect().top;
  const row =
    rows.find((element) => begins(element) >= top - 4 && begins(element) < innerHeight / 2) ??
    rows.find((element) => element.getBoundingClientRect().bottom > top);
  const table = document.getElementById("rows");
  const isAbove = !table || table.getBoundingClientRect().top > top + innerHeight / 2;
  place = row && !isAbove ? { number: numberOf(row), top: begins(row) } : null;
}

// The finding or row that the address names goes with the reader into the new view.
function restoreFragment() {
  if (!fragment || !document.getElementById(fragment.slice(1))) return;
  const focused = document.activeElement;
  setFragment(fragment);
  focused?.focus({ preventScroll: true });
}

function restorePlace() {
  if (allMarks) document.getElementById("marks-all").checked = true;
  if (!place) return;
  const rows = shownRows();
  const row = rows.find((element) => numberOf(element) >= place.number) ?? rows.at(-1);
  if (row) scrollBy({ top: row.getBoundingClientRect().top - place.top, behavior: "instant" });
}

// The place goes with the entry of the history, so that Back and Forward return to it when htmx redraws the page.
let scrolled;
let isLeaving = false;
let isChanging = false;

const writePlace = () => history.replaceState({ ...history.state, place }, "");

function noteScroll() {
  clearTimeout(scrolled);
  if (isLeaving || isChanging || !document.querySelector(".compare")) return;
  rememberPlace();
  writePlace();
}

/** Begins to write down where the reader is, a moment after each scroll. */
export function keepPlace() {
  addEventListener(
    "scroll",
    () => {
      clearTimeout(scrolled);
      scrolled = setTimeout(noteScroll, 150);
    },
    { passive: true },
  );
  // Once another page is on its way, the history is left alone: changing it could call that page off.
  addEventListener("beforeunload", () => {
    noteScroll();
    isLeaving = true;
  });
  // Come back to, or never left: what was asked for was a file, or was called off.
  for (const sign of ["pageshow", "keydown", "pointerdown"]) {
    addEventListener(sign, () => (isLeaving = false), { capture: true });
  }
  // htmx writes over the entry that one comes to before it draws the page.
  addEventListener(
    "popstate",
    (event) => {
      if (event.state?.htmx) place = event.state.place ?? null;
    },
    { capture: true },
  );
}

/** Returns to the place that Back or Forward leads to, once htmx has drawn the page anew. */
export function restoreAfterBack() {
  fragment = location.hash;
  restoreFragment();
  restorePlace();
  writePlace();
}

// A choice of view replaces the rows. What is asked for meanwhile would act on those about to go, so it waits.
const waiting = [];

function catchUp() {
  while (waiting.length && !isChanging) waiting.shift()();
}

/** Does `action` now or, while another view is on its way, as soon as that is shown. */
export function whenShown(action) {
  waiting.push(action);
  catchUp();
}

function endChange() {
  isChanging = false;
  catchUp();
}

const isOfView = (event) => event.detail.target?.id === "comparison";

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isOfView(event)) isChanging = true;
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.failed !== false) endChange(); // an error goes to another place than the view
});
document.addEventListener("htmx:historyCacheMiss", (event) => {
  isChanging = true;
  event.detail.xhr.addEventListener("loadend", endChange);
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isOfView(event)) return;
  if (isLeaving) event.preventDefault(); // the reader has asked for another page since
  rememberPlace();
  fragment = location.hash;
});
document.addEventListener("htmx:beforeHistoryUpdate", writePlace);
document.addEventListener("htmx:afterSwap", (event) => {
  if (isOfView(event)) restorePlace();
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (!isOfView(event)) return;
  restoreFragment();
  restorePlace();
  endChange();
});

// A swap is another page: there the same paragraphs are in the other order, and so is the finding that the reader is at.
const SWAPPED = "variorum-swapped";
const printed = (row) =>
  [row.querySelector(".num"), row.querySelector(".gutter")].map((cell) => cell?.querySelector("a")?.textContent ?? "");

const notesOf = (row) => [...(row.nextElementSibling?.querySelectorAll(".note") ?? [])];

// The row that the address names, by what is printed beside it, and which of its findings.
function namedPlace() {
  const [, number] = location.hash.match(/^#row-(\d+)/) ?? [];
  const row = number && document.getElementById(`row-${number}`);
  return row && { printed: printed(row).reverse(), note: notesOf(row).findIndex((note) => `#${note.id}` === location.hash) };
}

document.addEventListener("click", (event) => {
  const swap = event.target.closest("#swap");
  if (!swap || event.ctrlKey || event.metaKey || event.shiftKey) return;
  rememberPlace();
  const row = place && document.getElementById(`row-${place.number}`);
  if (!row) return;
  const swapped = {
    href: swap.href,
    printed: printed(row).reverse(),
    top: place.top,
    named: namedPlace(),
    focused: document.activeElement === swap,
  };
  try {
    sessionStorage.setItem(SWAPPED, JSON.stringify(swapped));
  } catch {
    // A browser that keeps nothing: the swapped page opens at its top.
  }
});

/** Returns to the paragraph at which the texts were swapped. */
export function restoreSwapped() {
  let swapped;
  try {
    swapped = JSON.parse(sessionStorage.getItem(SWAPPED));
    sessionStorage.removeItem(SWAPPED);
  } catch {
    return;
  }
  if (swapped?.href !== location.href) return;
  const rowOf = (numbers) => shownRows().find((element) => String(printed(element)) === String(numbers));
  const named = swapped.named && rowOf(swapped.named.printed);
  if (named) {
    const element = notesOf(named)[swapped.named.note] ?? named;
    setFragment(`#${element.id}`);
    element.focus({ preventScroll: true });
  }
  const row = rowOf(swapped.printed);
  if (row) scrollBy({ top: row.getBoundingClientRect().top - swapped.top, behavior: "instant" });
  if (swapped.focused) document.getElementById("swap").focus({ preventScroll: true });
}
