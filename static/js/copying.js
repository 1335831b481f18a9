// Sharing: links and citations are copied, with or without a clipboard, and the export panel opens. One file, since
// a first visit counts requests.

// Tells screen readers what others see happen.
const announcer = document.createElement("p");
announcer.className = "vh";
announcer.setAttribute("role", "status");
document.body.append(announcer);

/** Has a screen reader say `words`. */
export function say(words) {
  announcer.textContent = words;
}

// A button that copies words from the page: a citation, or whatever the button names.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button.copy-text");
  if (button) copy(button, document.getElementById(button.dataset.copies).textContent, whatIsCopied(button));
});

// "Copy link" is a link to the very place; a click copies its address. Without https a browser has no clipboard for
// pages: then the older way is tried, and if that fails too, a field is shown with the address selected.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.copy, button.copy-address");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await copy(link, link.href ?? document.getElementById("permalink").href, "Link");
});

const whatIsCopied = (button) => button.dataset.what ?? "Citation";

async function copy(control, text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copyFromField(control, text, what)) return;
  }
  say(`${what} copied.`);
  control.classList.add("copied");
  setTimeout(() => control.classList.remove("copied"), 1600);
}

function copyFromField(link, address, what) {
  document.querySelector(".copy-field")?.remove();
  const field = document.createElement("input");
  field.className = "copy-field";
  field.readOnly = true;
  field.value = address;
  field.setAttribute("aria-label", what);
  link.after(field);
  field.select();
  let isCopied = false;
  try {
    isCopied = document.execCommand("copy");
  } catch {
    // The field stays, for the reader to copy from.
  }
  if (isCopied) {
    field.remove();
    link.focus({ preventScroll: true });
  } else {
    field.focus({ preventScroll: true });
    say(`The ${what.toLowerCase()} is selected: press Ctrl+C, or ⌘C, to copy it.`);
    field.addEventListener("blur", () => field.remove());
  }
  return isCopied;
}

const permalink = document.getElementById("permalink");
if (permalink && navigator.clipboard) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet copy-address";
  button.textContent = "Copy";
  permalink.after(" ", button);
}

// "Share and export" as a panel in front of the page. Where that fails, the link leads to a page with the same.
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
