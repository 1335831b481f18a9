// The tray of the library: the ticked articles; of two, the first is A. Without this script, two are compared in the
// order of the page.
const desk = document.querySelector(".desk");
const seats = [document.getElementById("pick-a"), document.getElementById("pick-b")];
const swap = document.getElementById("swap");
const hint = desk?.querySelector(".tray-hint");
const asked = hint?.textContent;
let picked = [];

function draw() {
  const isMany = picked.length > 2;
  seats.forEach((seat, index) => {
    const box = isMany ? undefined : picked[index];
    seat.hidden = !box;
    seat.querySelector("bdi").textContent = box ? `${box.dataset.name}, ${box.dataset.day}` : "";
  });
  swap.hidden = picked.length !== 2;
  hint.hidden = picked.length === 2;
  hint.textContent = isMany ? `${picked.length} articles ticked; two can be compared.` : asked;
  desk.querySelector(".compare-picked").disabled = isMany;
}

if (desk) {
  picked = [...desk.querySelectorAll('[name="pick"]:checked')];
  draw();
  desk.addEventListener("change", ({ target }) => {
    if (target.name !== "pick") return;
    picked = picked.filter((box) => box !== target);
    if (target.checked) picked.push(target);
    draw();
  });
  desk.addEventListener("reset", () => {
    picked = [];
    draw();
  });
  swap.addEventListener("click", () => {
    picked.reverse();
    draw();
  });
  desk.addEventListener("submit", (event) => {
    if (picked.length !== 2 || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    const [base, witness] = picked.map((box) => encodeURIComponent(box.value));
    location.assign(`/compare?base=${base}&witness=${witness}`);
  });
}
