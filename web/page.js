// What holds the page together: connection, picture, figures, chart, buttons and keys.
import {Connection} from "./connection.js";
import {number, showFigures} from "./figures.js";
import {Picture} from "./picture.js";
import {SpeedChart} from "./speed_chart.js";

const still = 2;  // seconds without a new picture after which the page says so

if (location.search) history.replaceState(null, "", location.pathname);  // the token is a cookie by now

const status = document.getElementById("status");
const notice = document.getElementById("notice");
const connect = document.getElementById("connect");
const buttons = [...document.querySelectorAll("button[data-command]")];
const picture = new Picture(document.getElementById("picture"));
const chart = new SpeedChart(document.getElementById("chart"));

let state = "connecting";
let detail = "";
let figures = null;

// What lies on the picture: why it is not the present one. Empty: it is.
function reason() {
  if (state === "ended") return `The program has ended${detail ? `: ${detail}` : ""}`;
  if (state === "lost") return `The connection is lost. ${detail}`;
  if (state !== "open" || !figures) return "";
  const why = figures.message ? `: ${figures.message}` : "";
  if (figures.paused) return `Paused${why}`;
  return picture.idle > still ? `The picture stands still${why}` : "";
}

function showState() {
  const text = reason();
  notice.hidden = text === "";
  if (notice.textContent !== text) notice.textContent = text;
  status.classList.toggle("unseen", text !== "");  // eyes have read it on the picture
  const line = text || (state === "open" ? figures?.message ?? "" : "Connecting");
  if (status.textContent !== line) status.textContent = line;
  connect.hidden = state !== "lost" && state !== "ended";
  for (const button of buttons) button.setAttribute("aria-disabled", String(state !== "open"));
}

const connection = new Connection({
  picture: (blob) => picture.show(blob),
  figures: (news) => {
    figures = news;
    showFigures(figures);
    chart.add(figures);
    showState();
  },
  state: (name, text) => {
    state = name;
    detail = text;
    if (name !== "open") document.title = "inflight";
    showState();
  },
});

setInterval(() => {
  showState();
  if (state === "open" && figures) {
    const way = figures.ways[figures.running]?.name ?? "";
    document.title = `${way} ${number(figures.fps)} frames/s · inflight`;
  }
}, 1000);

connect.addEventListener("click", () => {
  state = "connecting";
  showState();
  status.focus();
  connection.open();
});
for (const button of buttons) button.addEventListener("click", () => connection.send(button.dataset.command));

const commands = new Map();  // by key
for (const button of buttons) {
  for (const key of button.getAttribute("aria-keyshortcuts").split(" ")) {
    commands.set(key === "Space" ? " " : key, button.dataset.command);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (!document.getElementById("keys").checked) return;
  const command = commands.get(event.key.toLowerCase());  // also with caps lock
  if (!command || (event.repeat && command !== "more" && command !== "fewer")) return;
  if (event.key === " " && event.target.closest("button, input, label")) return;  // they use it themselves
  event.preventDefault();
  connection.send(command);
});

showState();
