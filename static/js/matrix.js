// The cells of the matrix are a single tab stop, and arrow keys go from cell to cell; without this, each is a stop.

const grid = [...document.querySelectorAll(".matrix tbody tr")].map((row) => [...row.querySelectorAll("td > a")]);

function enter(cell) {
  for (const one of grid.flat()) one.tabIndex = one === cell ? 0 : -1;
}

if (grid.length) enter(grid[0][0]);

document.querySelector(".matrix")?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const y = grid.findIndex((row) => row.includes(event.target));
  if (y < 0) return;
  const x = grid[y].indexOf(event.target);
  const next = {
    ArrowRight: grid[y][x + 1],
    ArrowLeft: grid[y][x - 1],
    ArrowDown: grid[y + 1]?.[x],
    ArrowUp: grid[y - 1]?.[x],
    Home: grid[y][0],
    End: grid[y].at(-1),
  }[event.key];
  if (!next) return;
  event.preventDefault();
  enter(next);
  next.focus();
});
