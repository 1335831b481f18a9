// What a screen reader is told of that the eye sees happen.

const announcer = document.createElement("p");
announcer.className = "vh";
announcer.setAttribute("role", "status");
document.body.append(announcer);

/** Has a screen reader say `words`. */
export function say(words) {
  announcer.textContent = words;
}
