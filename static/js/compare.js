// What makes the comparison quicker: keys, "2 of 3", copied links, clean selections, and where you are in the overview.
// The page is complete without it.

import { say } from "./copying.js";
import { openHelp, areKeysOn } from "./keys.js";
import {
  current,
  goTo,
  isShown,
  keepPlace,
  placeShowAll,
  restoreAfterBack,
  restoreSwapped,
  step,
  toggleFolds,
  whenShown,
} from "./places.js";

let compare = document.querySelector(".compare");

// Findings and rows, in the order of the text. Folded rows are skipped.
const notes = () => [...document.querySelectorAll(".collation .note")];
const entries = () => [...document.querySelectorAll(".findings > li")];
const leadsTo = (entry) => entry.firstElementChild.hash.slice(1);
const changedRows = () =>
  [...document.querySelectorAll(".collation .row:not(.same), .collation .moved-line")].filter(
    isShown,
  );

// The stops of n and p: the findings marked in the text or, for kinds that only the list shows, their rows.
function stops() {
  const told = notes();
  if (told.length) return told;
  const rows = entries().map((entry) => document.getElementById(leadsTo(entry)));
  return [...new Set(rows)].filter(Boolean);
}

function goToFinding(direction) {
  const neighbour = document.getElementById(direction > 0 ? "later-finding" : "earlier-finding"); // of a row's page
  if (neighbour) {
    neighbour.click();
    return;
  }
  const list = stops();
  const next = step(list, direction);
  if (next) {
    goTo(next);
    say(`Finding ${showPosition()}`);
    return;
  }
  const onward = list.at(direction > 0 ? -1 : 0)?.querySelector(direction > 0 ? "a.next" : "a.previous");
  if (onward && !onward.getAttribute("href").startsWith("#")) {
    location.assign(onward.href);
  } else {
    say(list.length ? "No further finding." : "There are no findings.");
  }
}

function goToChange(direction) {
  const neighbour = !compare && document.querySelector(direction > 0 ? "a[rel=next]" : "a[rel=prev]");
  if (neighbour) {
    neighbour.click();
    return;
  }
  const next = step(changedRows(), direction);
  if (next) {
    goTo(next);
    showPosition();
  } else {
    say("No further change.");
  }
}

// As toLocaleString("en") writes it, without waiting for a browser to load its tables of languages before it first paints.
const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ",");

// "7 of 23" in the bar, "23 findings" before one is chosen; the list's entries for the reader's place are marked.
function showPosition() {
  const counter = document.getElementById("position");
  if (!counter) return "";
  const list = stops();
  const here = current(list) ?? list.find((stop) => location.hash && stop.id.startsWith(`${location.hash.slice(1)}-`));
  const marked = entries().filter((entry) => here && leadsTo(entry) === here.id);
  for (const entry of entries()) entry.classList.toggle("current", marked.includes(entry));
  const { total } = counter.dataset;
  const position = here && (here.dataset.position ?? marked[0].dataset.position);
  const numbers = [...(position ? [position] : []), total].map(grouped);
  const [count, noun] = counter.children;
  count.textContent = numbers.join(" of ");
  noun.textContent = position ? "" : ` ${counter.dataset.noun}`;
  return count.textContent;
}

// Previous and next in the bar: without a script they lead to the last and the first finding.
document.addEventListener("click", (event) => {
  const link = event.target.closest("#previous-finding, #next-finding");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  goToFinding(link.id === "next-finding" ? 1 : -1);
  link.focus({ preventScroll: true });
});

function press(id) {
  document.getElementById(id)?.click();
}

function goToPart(direction) {
  const links = [...document.querySelectorAll(".pager a")];
  const link = links.find((element) => element.textContent.includes(direction));
  if (link) link.click();
  else say("There is no further part.");
}

const actions = {
  n: () => goToFinding(1),
  p: () => goToFinding(-1),
  j: () => goToChange(1),
  k: () => goToChange(-1),
  s: () => press("swap"),
  i: () => press(document.querySelector(".collation.inline") ? "view-side" : "view-inline"),
  c: () => press("view-changes"),
  f: toggleFolds,
  "[": () => goToPart("earlier"),
  "]": () => goToPart("later"),
  u: () => press("whole"),
  "?": openHelp,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog")) return;
  const action = actions[event.key];
  if (!action || !(areKeysOn() || event.key === "?")) return;
  event.preventDefault();
  whenShown(action);
});

// Dragging in one column selects that column alone.
document.addEventListener("pointerdown", (event) => {
  const table = document.getElementById("rows");
  const cell = event.target.closest(".row > .base, .row > .witness");
  table?.classList.toggle("selecting-base", Boolean(cell?.classList.contains("base")));
  table?.classList.toggle("selecting-witness", Boolean(cell?.classList.contains("witness")));
});

// Where you are: the cell of the row that a link led to while that is in sight, else of the topmost row in sight.
let watcher;
let seen = new Set();
let soon;
function watchRows() {
  watcher?.disconnect();
  seen = new Set();
  watcher = new IntersectionObserver(
    (changes) => {
      for (const change of changes) {
        if (change.isIntersecting) seen.add(change.target);
        else seen.delete(change.target);
      }
      soon ??= setTimeout(showWhere, 100); // not with every frame of a scroll: each change paints anew
    },
    { rootMargin: "-90px 0px -20% 0px" },
  );
  for (const row of document.querySelectorAll(".collation .row")) watcher.observe(row);
}

function showWhere() {
  clearTimeout(soon);
  soon = undefined;
  const numbers = [...seen].map((row) => Number(row.id.slice("row-".length)));
  const [, named] = location.hash.match(/^#row-(\d+)/) ?? [];
  const here = numbers.includes(Number(named)) ? Number(named) : Math.min(...numbers);
  for (const cell of document.querySelectorAll(".overview .cell")) {
    const [first, last] = [cell.dataset.first, cell.dataset.last ?? cell.dataset.first].map(Number);
    cell.classList.toggle("current", first <= here && here <= last);
    cell.classList.toggle("in-view", numbers.some((number) => first <= number && number <= last));
  }
}

// The overview is a single tab stop; arrow keys go from cell to cell.
document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.(".overview .cell");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const next = {
    ArrowRight: cell.nextElementSibling,
    ArrowDown: cell.nextElementSibling,
    ArrowLeft: cell.previousElementSibling,
    ArrowUp: cell.previousElementSibling,
    Home: cell.parentElement.firstElementChild,
    End: cell.parentElement.lastElementChild,
  }[event.key];
  if (!next) return;
  event.preventDefault();
  cell.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});

// A link to a row in another part of a long comparison fetches the part that holds it.
function followAnchor() {
  const [, row] = location.hash.match(/^#row-(\d+)/) ?? [];
  if (row && compare && !document.getElementById(location.hash.slice(1)) && row <= Number(compare.dataset.rows)) {
    const address = new URL(location.href);
    if (address.searchParams.get("from") === row && !address.searchParams.has("show")) return;
    address.searchParams.delete("show");
    address.searchParams.set("from", row);
    location.replace(address);
  }
}

function settle() {
  placeShowAll();
  watchRows();
  showPosition();
}

function attach() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "keys-button";
  button.textContent = "?";
  button.title = "Keys";
  button.setAttribute("aria-label", "Keys");
  button.addEventListener("click", openHelp);
  const placeButton = () => document.querySelector(".keys-place")?.append(button);
  placeButton();
  followAnchor();
  settle();
  // A choice of view replaces what is below the sentence; whatever swaps it in, look again.
  new MutationObserver(() => {
    placeButton();
    settle();
  }).observe(compare, { childList: true });
}

if (compare) {
  attach();
  keepPlace();
  restoreSwapped();
  addEventListener("hashchange", () => {
    followAnchor();
      showPosition();
    showWhere();
  });
}

// Back or Forward after a choice of view: htmx has redrawn the page.
document.addEventListener("htmx:historyRestore", () => {
  compare = document.querySelector(".compare");
  if (!compare) return;
  attach();
  restoreAfterBack();
});
