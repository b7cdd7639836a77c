// The speed of the last two minutes as a line, in the colour of the way that ran.
import {colorOf, number} from "./figures.js";

const span = 120;  // seconds
const shortest = 30;  // to begin with
const step = 0.5;  // between two points

const ago = (seconds) => (seconds === 0 ? "now" : `${-seconds} s ago`);

export class SpeedChart {
  #canvas;
  #chart;
  #points = [];  // {time, way, fps}; way -1: nothing ran
  #described = -Infinity;

  constructor(canvas) {
    this.#canvas = canvas;
    this.#chart = new Chart(canvas, {
      type: "line",
      data: {datasets: []},
      options: {
        animation: false, parsing: false, normalized: true, responsive: true, maintainAspectRatio: false, events: [],
        elements: {point: {radius: 0}, line: {borderWidth: 2, borderJoinStyle: "round"}},
        scales: {
          x: {
            type: "linear", min: -shortest, max: 0, grid: {display: false},
            ticks: {stepSize: 10, maxRotation: 0, callback: ago},
          },
          y: {beginAtZero: true, suggestedMax: 10, ticks: {maxTicksLimit: 5, callback: number}},
        },
        plugins: {legend: {position: "bottom", labels: {boxWidth: 18, boxHeight: 2}}, tooltip: {enabled: false}},
      },
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#draw());
  }

  add(figures) {
    const time = figures.seconds;
    const last = this.#points.at(-1);
    if (last && time < last.time) this.#points = [];  // another program
    if (last && time >= last.time && time - last.time < step) return;
    this.#points = this.#points.filter((point) => point.time >= time - span - step);
    this.#points.push({time, way: figures.paused ? -1 : figures.running, fps: figures.fps});
    this.#setWays(figures.ways);
    this.#draw();
    this.#describe(figures);
  }

  #setWays(ways) {
    const sets = this.#chart.data.datasets;
    sets.length = ways.length;
    ways.forEach((way, index) => { sets[index] ??= {label: way.name, data: []}; });
  }

  #draw() {
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(name).trim();
    const now = this.#points.at(-1)?.time ?? 0;
    this.#chart.data.datasets.forEach((set, index) => {
      set.borderColor = set.backgroundColor = color(colorOf(index));
      set.data = this.#points.map(({time, way, fps}) => ({x: time - now, y: way === index ? fps : null}));
    });
    const {x, y} = this.#chart.options.scales;
    const seen = now - (this.#points[0]?.time ?? 0);
    x.min = -Math.min(span, Math.max(shortest, shortest * Math.ceil(seen / shortest)));
    x.ticks.color = y.ticks.color = color("--faint");
    y.grid.color = x.grid.borderColor = y.grid.borderColor = color("--rule");
    this.#chart.options.plugins.legend.labels.color = color("--ink");
    x.ticks.stepSize = -x.min / 4 > 10 ? 30 : 10;
    this.#chart.update("none");
  }

  #describe(figures) {
    if (figures.seconds - this.#described < 5 && figures.seconds >= this.#described) return;
    this.#described = figures.seconds;
    const seen = figures.ways.filter((way) => way.fps > 0).map((way) => `${way.name} ${number(way.fps)}`);
    this.#canvas.setAttribute("aria-label", `Frames per second, the last two minutes: ${seen.join(", ")}`);
  }
}
