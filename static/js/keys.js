// The list of keys, and the switch that turns single keys off for readers who do not want them.

const NAME = "variorum-keys";
// What each does is in the script of its page: compare.js, and site.js for "/"; "?" is below.
const KEYS = [
  ["n", "next finding"],
  ["p", "previous finding"],
  ["j", "next change, or next row"],
  ["k", "previous change, or previous row"],
  ["s", "swap the two texts"],
  ["i", "inline, or side by side"],
  ["c", "changes only, or the whole text"],
  ["f", "show everything that is folded, or fold it again"],
  ["[", "earlier part of a long comparison"],
  ["]", "later part of a long comparison"],
  ["u", "from a paragraph’s or a finding’s page to the comparison"],
  ["/", "the search field, on every page"],
  ["?", "this list"],
];

/** Whether single keys do anything; a browser that keeps nothing has them on. */
export function areKeysOn() {
  try {
    return localStorage.getItem(NAME) !== "off";
  } catch {
    return true;
  }
}

function element(name, words, ...children) {
  const made = document.createElement(name);
  if (words) made.textContent = words;
  made.append(...children);
  return made;
}

function makeDialog() {
  const list = element("dl", "");
  for (const [key, what] of KEYS) {
    list.append(element("dt", "", element("kbd", key)), element("dd", what));
  }
  const box = element("input");
  box.type = "checkbox";
  box.checked = areKeysOn();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(NAME, box.checked ? "on" : "off");
    } catch {
      // A browser that keeps nothing: the keys stay on.
    }
  });
  const close = element("button", "Close");
  close.className = "button";
  close.value = "close";
  const form = element("form", "", close);
  form.method = "dialog";
  const heading = element("h2", "Keys");
  heading.id = "keys-title";
  const dialog = element("dialog", "", heading, list, element("label", "", box, " Keyboard shortcuts on"), form);
  dialog.className = "keys";
  dialog.setAttribute("aria-labelledby", heading.id);
  document.body.append(dialog);
  return dialog;
}

/** Opens the list of keys. */
export function openHelp() {
  const dialog = document.querySelector("dialog.keys") ?? makeDialog();
  if (!dialog.open) dialog.showModal();
}
