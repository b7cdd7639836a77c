// The chart of a comparison: how the machine's mood went up and down under all ways alike.
"use strict";
(() => {
  const colors = ["--faint", "--bar", "--best"];

  function rounds(canvas) {
    const count = record.rounds.done;
    const lines = record.ways.map((way) => ({label: way.name, data: way.round_fps.slice(0, count)}));
    if (record.ceiling) lines.push({label: "ceiling", data: record.ceiling.round_fps.slice(0, count), borderDash: [4, 4]});
    const chart = new Chart(canvas, {
      type: "line",
      data: {
        labels: Array.from({length: count}, (_, index) => index + 1),
        datasets: lines.map((line) => ({...line, borderWidth: 2, pointRadius: count > 40 ? 0 : 3, tension: 0})),
      },
      options: {
        animation: false, responsive: true, maintainAspectRatio: false,
        interaction: {mode: "index", intersect: false},
        scales: {
          x: {title: {display: true, text: "round"}, grid: {display: false}},
          y: {title: {display: true, text: "frames/s"}, beginAtZero: true},
        },
        plugins: {
          legend: {position: "bottom", labels: {usePointStyle: true, pointStyle: "line"}},
          tooltip: {callbacks: {
            title: (items) => `round ${items[0].label}`,
            label: (item) => `${item.dataset.label}: ${item.parsed.y.toFixed(1)} frames/s`,
          }},
        },
      },
    });
    return {chart, color: () => {
      chart.data.datasets.forEach((line, index) => {
        const color = reportCharts.style(line.label === "ceiling" ? "--ink" : colors[index % colors.length]);
        line.borderColor = line.backgroundColor = color;
      });
    }};
  }

  reportCharts.draw({rounds});
})();
