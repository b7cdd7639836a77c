// What the charts of all reports have in common. `record` is the report's JSON, `Chart` is Chart.js.
"use strict";
const reportCharts = (() => {
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function paint(chart) {
    for (const scale of Object.values(chart.options.scales)) {
      scale.ticks = {...scale.ticks, color: style("--ink")};
      scale.grid = {...scale.grid, color: style("--rule")};
      if (scale.title) scale.title.color = style("--faint");
    }
    if (chart.options.plugins.legend.labels) chart.options.plugins.legend.labels.color = style("--ink");
    chart.update();
  }

  // `charts` makes for each name a chart on its canvas, and a function that gives it the colours of the page.
  function draw(charts) {
    const all = [...document.querySelectorAll("canvas[data-chart]")]
      .map((canvas) => charts[canvas.dataset.chart](canvas));
    const repaint = () => all.forEach(({chart, color}) => {
      color();
      paint(chart);
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
    repaint();
  }

  return {style, draw};
})();
