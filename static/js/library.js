// The tray of the library: the two articles that were ticked, the first as A; without this they are compared in the
// order of the page.
const desk = document.querySelector(".desk");
const seats = [document.getElementById("pick-a"), document.getElementById("pick-b")];
const swap = document.getElementById("swap");
let picked = [];

function draw() {
  seats.forEach((seat, index) => {
    const box = picked[index];
    seat.hidden = !box;
    seat.querySelector("bdi").textContent = box ? `${box.dataset.name}, ${box.dataset.day}` : "";
  });
  swap.hidden = picked.length < 2;
  desk.querySelector(".tray-hint").hidden = picked.length > 1;
}

if (desk) {
  picked = [...desk.querySelectorAll('[name="pick"]:checked')].slice(0, 2);
  draw();
  desk.addEventListener("change", ({ target }) => {
    if (target.name !== "pick") return;
    picked = picked.filter((box) => box !== target);
    if (target.checked) picked.push(target);
    while (picked.length > 2) picked.shift().checked = false;
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
    if (picked.length < 2) return;
    event.preventDefault();
    const [base, witness] = picked.map((box) => encodeURIComponent(box.value));
    location.assign(`/compare?base=${base}&witness=${witness}`);
  });
}
