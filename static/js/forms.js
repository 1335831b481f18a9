// The article form, made quicker. The server says all of this too, and needs none of it.
"use strict";

const form = document.querySelector(".article-form");
const problem = document.getElementById("problem");
if (problem) problem.focus();

if (form) {
  const most = Number(form.dataset.maxBytes);
  const text = form.elements.namedItem("text");
  const file = form.elements.namedItem("file");
  let sending = false;

  const bytes = (value) => new TextEncoder().encode(value).length;
  const started = text.value;

  const sayTooLarge = (field, size) => {
    field.setCustomValidity(
      size > most ? `This has ${size.toLocaleString("en")} bytes; at most ${most.toLocaleString("en")} are taken.` : "",
    );
  };

  text.addEventListener("input", () => sayTooLarge(text, bytes(text.value)));
  if (file) file.addEventListener("change", () => sayTooLarge(file, file.files.length ? file.files[0].size : 0));
  form.addEventListener("submit", () => (sending = true));

  // What was typed before the scripts were there, or is restored by a browser that comes back, is looked up as well.
  window.addEventListener("load", () => {
    if (text.value && text.value !== text.defaultValue) text.dispatchEvent(new Event("restored"));
  });

  // Text that was typed and not saved is not lost by a stray click.
  window.addEventListener("beforeunload", (event) => {
    if (!sending && text.value !== started) event.preventDefault();
  });
}
