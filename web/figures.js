// The figures as text, bars and cells.

const whole = new Intl.NumberFormat("en", {maximumFractionDigits: 0});
const tenths = new Intl.NumberFormat("en", {minimumFractionDigits: 1, maximumFractionDigits: 1});
const most = 128;  // cells: of more requests, a cell stands for several

export const number = (value) => {
  if (!Number.isFinite(value)) return "–";
  return Math.abs(value) < 9.95 && !Number.isInteger(value) ? tenths.format(value) : whole.format(value);
};
const milliseconds = (value) =>
  (Number.isFinite(value) ? `${value < 99.95 ? tenths.format(value) : whole.format(value)} ms` : "–");
export const colorOf = (index) => (index < 3 ? `--way-${index}` : "--other");

const element = (id) => document.getElementById(id);
function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;  // screen readers read again what is set again
}
function make(parent, className) {
  const made = document.createElement("span");
  made.className = className;
  parent.append(made);
  return made;
}

function makeWay(index) {
  const item = document.createElement("li");
  item.style.setProperty("--color", `var(${colorOf(index)})`);
  const name = make(item, "name");
  make(name, "text");
  make(name, "running");
  make(item, "speed-of");
  make(item, "ratio");
  const bar = make(item, "bar");
  bar.setAttribute("aria-hidden", "true");
  make(bar, "");
  return item;
}

function showWays(figures) {
  const list = element("ways");
  while (list.children.length > figures.ways.length) list.lastElementChild.remove();
  while (list.children.length < figures.ways.length) list.append(makeWay(list.children.length));
  const longest = Math.max(...figures.ways.map((way) => way.fps), 1e-9);
  figures.ways.forEach((way, index) => {
    const item = list.children[index];
    const runs = index === figures.running;
    setText(item.querySelector(".text"), way.name);
    setText(item.querySelector(".running"), runs ? "running" : "");
    setText(item.querySelector(".speed-of"), way.fps > 0 ? `${number(way.fps)} frames/s` : "not yet run");
    setText(item.querySelector(".ratio"), way.ratio_to_sync > 0 ? `${way.ratio_to_sync.toFixed(2)} × sync` : "");
    item.querySelector(".bar span").style.width = `${(100 * way.fps) / longest}%`;
    if (runs) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
  });
}

function showCells(figures) {
  const cells = element("cells");
  const count = Math.min(figures.requests, most);
  while (cells.children.length > count) cells.lastElementChild.remove();
  while (cells.children.length < count) make(cells, "");
  const each = figures.requests / Math.max(count, 1);
  [...cells.children].forEach((cell, index) => { cell.className = index * each < figures.in_flight ? "full" : ""; });
  cells.style.setProperty("--color", `var(${colorOf(figures.running)})`);
  setText(element("in-flight"), `${figures.in_flight} of ${figures.requests}`);
}

function showButtons(figures) {
  const running = figures.ways[figures.running]?.name;
  for (const button of document.querySelectorAll("button[aria-pressed]")) {
    button.setAttribute("aria-pressed", String(button.dataset.command === running));
  }
  setText(element("pause"), figures.paused ? "Go on" : "Pause");
}

export function showFigures(figures) {
  const running = figures.ways[figures.running];
  setText(element("way"), running?.name ?? "–");
  setText(element("fps"), number(figures.fps));
  setText(element("subject"), [figures.source, figures.model, figures.device].filter(Boolean).join(" · "));
  const used = Number.isFinite(figures.cores_used) ? figures.cores_used.toFixed(2) : "–";
  setText(element("cores"), `${used} of ${figures.cores}`);
  setText(element("hint"), figures.hint || "–");
  setText(element("p50"), milliseconds(figures.latency_p50));
  setText(element("p99"), milliseconds(figures.latency_p99));
  setText(element("age"), `${number(figures.age)} ms`);
  const pace = figures.source_fps > 0 ? `${number(figures.source_fps)} frames/s` : "";
  setText(element("source"), figures.live ? `live${pace ? ", " : ""}${pace}` : "file");
  setText(element("frames"), whole.format(figures.frames));
  setText(element("dropped"), `${whole.format(figures.dropped)}, ${whole.format(figures.failed)}`);
  showWays(figures);
  showCells(figures);
  showButtons(figures);
}
