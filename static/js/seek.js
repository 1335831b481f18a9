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
