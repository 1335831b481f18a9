// Bringing an article in, made quicker. The server does all of it without a script too.
"use strict";

const problem = document.getElementById("problem");
if (problem) problem.focus();

// The box: drop files, paste rich text with its paragraphs, and lose nothing that was typed.

const box = document.querySelector(".bring-box");

const BLOCKS = new Set(
  ("ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL " +
    "P PRE SECTION TABLE TD TH TR UL").split(" "),
);

/** Whether a table holds data, a short text in each cell, rather than lays out the page: as the readers of files have it. */
const isOfFigures = (table) => {
  const cells = [...table.querySelectorAll("td, th")];
  const rows = table.querySelectorAll("tr").length;
  return (
    rows > 1 &&
    cells.length >= 2 * rows &&
    !table.querySelector("table, ul, h1, h2, form") &&
    cells.every((cell) => cell.textContent.length <= 200)
  );
};

/** The paragraphs of rich text: what its markup sets on a line of its own, and each row of figures. */
const paragraphsOf = (html) => {
  const lines = [""];
  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) lines[lines.length - 1] += node.data.replace(/\s+/g, " ");
    if (node.nodeType !== Node.ELEMENT_NODE || ["SCRIPT", "STYLE", "TEMPLATE"].includes(node.tagName)) return;
    if (node.tagName === "TABLE" && isOfFigures(node)) {
      for (const row of node.querySelectorAll("caption, tr")) {
        const cells = row.tagName === "TR" ? [...row.cells] : [row];
        lines.push(cells.map((cell) => cell.textContent.replace(/\s+/g, " ").trim()).filter(Boolean).join(" | "));
      }
      lines.push("");
      return;
    }
    const apart = BLOCKS.has(node.tagName) || node.tagName === "BR";
    if (apart) lines.push("");
    node.childNodes.forEach(read);
    if (apart) lines.push("");
  };
  read(new DOMParser().parseFromString(html, "text/html").body);
  return lines.map((line) => line.trim()).filter(Boolean);
};

if (box) {
  const text = box.elements.namedItem("text");
  const files = box.elements.namedItem("files");
  const chosen = box.querySelector("[data-chosen]");
  const most = Number(box.dataset.maxBytes);
  const key = `bring ${box.elements.namedItem("address")?.value ?? ""}`;
  let sending = false;

  const say = () => {
    const all = [...files.files];
    const size = all.reduce((sum, file) => sum + file.size, 0);
    chosen.textContent = all.map((file) => file.name).join(", ");
    files.setCustomValidity(
      size > most ? `These files have ${size.toLocaleString("en")} bytes; at most ${most.toLocaleString("en")} are taken.` : "",
    );
  };

  const take = (list) => {
    const transfer = new DataTransfer();
    for (const file of [...files.files, ...list]) transfer.items.add(file);
    files.files = transfer.files;
    say();
  };

  files.addEventListener("change", say);

  document.querySelector(".bookmarklet")?.addEventListener("click", (event) => {
    event.preventDefault(); // it can do nothing on this page
    chosen.textContent = "Drag it to your bookmarks, and click it there on the page that you want to add.";
  });

  // What was typed is still here after a reload, in this tab; once it was sent, the server has it.
  const kept = sessionStorage.getItem(key);
  if (!text.value && kept) text.value = kept;
  text.addEventListener("input", () => sessionStorage.setItem(key, text.value));
  window.addEventListener("pageshow", () => text.value && sessionStorage.setItem(key, text.value));

  text.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length && !event.clipboardData.getData("text/plain")) {
      event.preventDefault();
      take(event.clipboardData.files);
      box.requestSubmit();
      return;
    }
    const html = event.clipboardData.getData("text/html");
    const lines = html ? paragraphsOf(html) : [];
    if (lines.length > 1) {
      event.preventDefault();
      text.setRangeText(lines.join("\n\n"), text.selectionStart, text.selectionEnd, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });

  const isOurs = (event) => event.dataTransfer && [...event.dataTransfer.types].some((type) => /^(Files|text\/)/.test(type));
  document.addEventListener("dragover", (event) => {
    if (!isOurs(event)) return;
    event.preventDefault();
    box.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget || box.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    if (!isOurs(event)) return;
    event.preventDefault();
    box.classList.remove("over");
    const link = event.dataTransfer.getData("text/uri-list") || event.dataTransfer.getData("text/plain");
    if (event.dataTransfer.files.length) take(event.dataTransfer.files);
    else if (link) text.value = text.value ? `${text.value}\n${link}` : link;
    if (files.validity.valid) box.requestSubmit();
  });

  box.addEventListener("submit", () => {
    sending = true;
    sessionStorage.removeItem(key);
    const button = box.querySelector("[data-busy]");
    button.textContent = button.dataset.busy;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && files.files.length) event.preventDefault();
  });
}

// The preview: each button changes the text in place, and what is typed is kept as it is typed.

const sendPreview = async (form, action) => {
  const content = new FormData(form);
  content.set("do", action);
  const answer = await fetch(form.action, { method: "POST", body: content, headers: { "HX-Request": "true" } });
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

/** What another tab filled in is taken over where nothing was typed here, and told where something was. */
const takeOver = (form, typed, answer) => {
  for (const fresh of answer.querySelectorAll("form.preview [name^='was_']")) {
    const name = fresh.name.slice("was_".length);
    if (answer.querySelector(`[data-other="${name}"]`)) continue;
    const field = form.elements.namedItem(name);
    form.elements.namedItem(fresh.name).value = fresh.value;
    if (field.value === typed.get(name)) field.value = fresh.value;
  }
  const contested = answer.querySelector("[data-other]") ? answer.querySelector(".problem") : null;
  document.getElementById("notice").textContent = contested?.textContent ?? "";
};

let turn = Promise.resolve(); // one request at a time, so that none overtakes another
let typing = 0;
let leaving = false;

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form.preview");
  const action = event.submitter?.value ?? "update";
  clearTimeout(typing);
  if (action.startsWith("compare")) return; // the answer opens in a tab of its own
  if (!form || /^(save|more|revision|capture)/.test(action)) {
    leaving = true;
    return;
  }
  event.preventDefault();
  turn = turn.then(async () => {
    const answer = await sendPreview(form, action).catch(() => null);
    const fresh = answer?.getElementById("preview");
    if (!fresh) {
      const words = answer?.querySelector(".problem")?.textContent;
      document.getElementById("notice").textContent =
        words || "The program does not answer. What you see is still here; try again in a moment.";
      return;
    }
    const place = window.scrollY;
    const open = [...document.querySelectorAll("details.exs")].filter((one) => !one.open).map((one) => one.id);
    document.getElementById("preview").replaceWith(fresh);
    open.forEach((id) => document.getElementById(id)?.removeAttribute("open"));
    window.scrollTo(0, place);
    const wording = document.getElementById("wording");
    const index = action.split(":")[1];
    if (action.startsWith("open") && wording) wording.focus();
    else if (document.getElementById("moved")) document.querySelector("#moved button").focus({ preventScroll: true });
    else if (index) document.getElementById(`b-${parseInt(index, 10)}`)?.querySelector("button")?.focus({ preventScroll: true });
    else document.getElementById("problem")?.focus();
  });
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("form.preview");
  if (!form || event.target.name === "wording") return;
  clearTimeout(typing);
  typing = setTimeout(() => {
    turn = turn.then(async () => {
      const typed = new Map(new FormData(form));
      const answer = await sendPreview(form, "keep").catch(() => null);
      if (answer) takeOver(form, typed, answer);
    });
  }, 500);
});

window.addEventListener("beforeunload", (event) => {
  const wording = document.getElementById("wording");
  if (wording && wording.value !== wording.defaultValue && !leaving) event.preventDefault();
});
