// What every page answers to: "/" and the folds.

// "/" goes to the search field, as in many programs; not while somebody types, and not where single keys are off (keys.js).
function areKeysOn() {
  try {
    return localStorage.getItem("variorum-keys") !== "off";
  } catch {
    return true;
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !areKeysOn()) return;
  if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
  const field = [...document.querySelectorAll("main #q, #seek")].find((each) => each.offsetParent);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// A fold is a block that is hidden until found, below a button. The browser's search, a link or a text fragment may open it
// too; the button then says that it is open.
const say = (button, isOpen) => button.setAttribute("aria-expanded", String(isOpen));
const blockOf = (button) => document.getElementById(button.getAttribute("aria-controls"));
const buttonOf = (fold) => document.querySelector(`button.foldbar[aria-controls="${fold.id}"]`);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.foldbar");
  if (!button) return;
  const fold = blockOf(button);
  const isOpen = fold.hasAttribute("hidden");
  fold.hidden = isOpen ? false : "until-found";
  say(button, isOpen);
});

document.addEventListener("beforematch", (event) => {
  const button = buttonOf(event.target);
  if (button) say(button, true);
});

// A link into a fold opens it, also in a browser that does not know what is hidden until found.
function openNamed() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const fold = target && target.closest(".fold[hidden]");
  if (!fold) return;
  buttonOf(fold).click();
  target.scrollIntoView();
}

addEventListener("hashchange", openNamed);
document.addEventListener("htmx:historyRestore", openNamed);

// The browser may have opened some before this script was loaded.
for (const button of document.querySelectorAll("button.foldbar")) say(button, !blockOf(button).hasAttribute("hidden"));
openNamed();
