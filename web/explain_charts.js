// The charts of an explanation.
"use strict";
(() => {
  const style = reportCharts.style;
  const text = (value) => `${value.toFixed(2)} ms`;

  function waterfall(canvas) {
    const steps = record.waterfall;
    const labels = steps.map((step) => step.name).concat("remainder", "observed");
    let before = 0;
    const bars = steps.map((step) => {
      const bar = [before, step.total_ms_per_frame];
      before = step.total_ms_per_frame;
      return bar;
    });
    bars.push([before, record.observed_ms_per_frame], [0, record.observed_ms_per_frame]);
    const added = steps.map((step) => step.ms_per_frame)
      .concat(record.remainder_ms_per_frame, record.observed_ms_per_frame);
    const cores = steps.map((step) => step.core_ms_per_frame);
    const color = (index) => style(index === 0 || index === labels.length - 1 ? "--best" : "--bar");
    const chart = new Chart(canvas, {
      type: "bar",
      data: {labels, datasets: [{data: bars, minBarLength: 2}]},
      options: {
        indexAxis: "y", animation: false, responsive: true, maintainAspectRatio: false,
        scales: {
          x: {title: {display: true, text: "ms per frame"}, beginAtZero: true},
          y: {grid: {display: false}},
        },
        plugins: {
          legend: {display: false},
          tooltip: {callbacks: {label: (item) => {
            const core = cores[item.dataIndex];
            return text(added[item.dataIndex]) + (core === undefined ? "" : `, ${text(core)} of processor time`);
          }}},
        },
      },
    });
    return {chart, color: () => {
      chart.data.datasets[0].backgroundColor = labels.map((_, index) => color(index));
    }};
  }

  function gain(canvas) {
    const times = [1, record.gain.overlap.median, record.gain.achieved.median, record.gain.predicted.times_sync];
    const chart = new Chart(canvas, {
      type: "bar",
      data: {
        labels: ["sync", "overlap alone", "queue", "possible"],
        datasets: [{data: times}],
      },
      options: {
        indexAxis: "y", animation: false, responsive: true, maintainAspectRatio: false,
        scales: {x: {beginAtZero: true, title: {display: true, text: "times sync"}}, y: {grid: {display: false}}},
        plugins: {legend: {display: false}},
      },
    });
    return {chart, color: () => {
      chart.data.datasets[0].backgroundColor = ["--bar", "--bar", "--best", "--rule"].map(style);
    }};
  }

  reportCharts.draw({waterfall, gain});
})();
