// What holds the page together: connection, picture, figures, chart, buttons and keys.
import {Connection} from "./connection.js";
import {number, showFigures} from "./figures.js";
import {Picture} from "./picture.js";
import {SpeedChart} from "./speed_chart.js";

const still = 2;  // seconds without a new picture after which the page says so
const missed = 2.5;  // times the last pause between pictures, where they are far apart by nature

if (location.search) history.replaceState(null, "", location.pathname);  // the token is a cookie by now

const status = document.getElementById("status");
const message = document.getElementById("message");
const notice = document.getElementById("notice");
const age = document.getElementById("picture-age");
const connect = document.getElementById("connect");
const buttons = [...document.querySelectorAll("button[data-command]")];
const picture = new Picture(document.getElementById("picture"));
const chart = new SpeedChart(document.getElementById("chart"));

let state = "connecting";
let detail = "";
let figures = null;
let announced = null;

// A slow source is not one that has stopped: that one has no pace and a reason.
function patience() {
  const lost = figures.live && figures.source_fps === 0 && figures.message !== "";
  return lost ? still : Math.max(still, missed * picture.pause);
}

// The text without its figures and the way that runs: what is worth being read out when it changes.
function kindOf(text) {
  const names = figures ? figures.ways.map((way) => way.name) : [];
  return names.reduce((rest, name) => rest.replaceAll(name, ""), text.replace(/[\d.,]+/g, ""));
}

// What lies on the picture: why it is not the present one. Empty: it is.
function reason() {
  if (state === "ended") return `The program has ended${detail ? `: ${detail}` : ""}`;
  if (state === "lost") return `The connection is lost. ${detail}`;
  if (state !== "open" || !figures) return "";
  const why = figures.message ? `: ${figures.message}` : "";
  if (figures.paused) return `Paused${why}`;
  return picture.idle > patience() ? `The picture stands still${why}` : "";
}

// Of a live source, on its picture; the list of figures has it for those who do not see that.
function showAge() {
  age.hidden = state !== "open" || !figures?.live;
  if (age.hidden) return;
  age.textContent = figures.age < 1000 ? `${number(figures.age)} ms old` : `${number(figures.age / 1000)} s old`;
}

function showState() {
  showAge();
  const text = reason();
  notice.hidden = text === "";
  if (notice.textContent !== text) notice.textContent = text;
  const line = text || (state === "open" ? figures?.message ?? "" : "Connecting");
  const below = text === "" ? line : "";  // eyes have read the other on the picture
  if (message.textContent !== below) message.textContent = below;
  if (kindOf(line) !== announced) {
    announced = kindOf(line);
    status.textContent = line;
  }
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
  message.focus();
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
