// How the page looks: one column, the system's fonts, light or dark as the reader has it.
#pragma once

#include <string_view>

namespace inflight::report {

inline constexpr std::string_view page_style = R"css(
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1c2126; --faint: #59636e; --rule: #d8dee4;
  --bar: #a9b8c9; --best: #2b7fd6; --mark: #1c2126; --bad: #b42318; --note: #fff6dc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --ink: #e4e8ec; --faint: #9aa5b1; --rule: #313942;
    --bar: #4a5a6b; --best: #4098ee; --mark: #ffffff; --bad: #ff8a7a; --note: #322b17;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 58rem; padding: 2.5rem 1.25rem 3rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .4rem; font-weight: 650; text-wrap: balance; }
h2 { font-size: 1.1rem; margin: 2.6rem 0 .6rem; font-weight: 650; }
p, ul { margin: .6rem 0; max-width: 44rem; }
ul { padding-left: 1.1rem; }
li { margin: .3rem 0; }
.kicker { margin: 0 0 .4rem; color: var(--faint); font-size: .875rem; }
.lead { margin: 0; color: var(--faint); }
.small, figcaption, footer { color: var(--faint); font-size: .875rem; }
.bad { color: var(--bad); font-weight: 650; }
.valid { color: var(--best); font-weight: 650; margin: .4rem 0; }
.notes { margin: 1.5rem 0; padding: .6rem 1rem; background: var(--note); border-radius: 4px; }
.notes ul { margin: 0; padding: 0; list-style: none; }
figure { margin: 2rem 0; }
.chart { position: relative; width: 100%; }
.waterfall .words { min-width: 15rem; text-align: left; color: var(--faint); white-space: normal; }
svg { display: block; overflow: visible; }
svg text { fill: var(--ink); font-size: 13px; }
svg .way { font-weight: 600; }
svg .tick { fill: var(--faint); font-size: 12px; }
.grid { stroke: var(--rule); }
.bar { fill: var(--bar); }
.bar.best { fill: var(--best); }
.range { stroke: var(--mark); stroke-width: 1.5; }
.round { fill: var(--ink); fill-opacity: .45; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; overflow-wrap: normal; }
caption { text-align: left; color: var(--faint); font-size: .875rem; padding-bottom: .4rem; }
th, td { padding: .4rem .6rem; text-align: right; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th { font-weight: 600; }
thead th { vertical-align: bottom; font-size: .8125rem; color: var(--faint); border-bottom-color: var(--faint); }
th:first-child, .settings td, .settings th, .results :nth-child(-n+3) { text-align: left; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
.between { color: var(--faint); font-size: .8125rem; }
.overruled { font-weight: 650; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; margin: .6rem 0; }
dt { color: var(--faint); }
dd { margin: 0; }
footer { margin-top: 3rem; padding-top: .8rem; border-top: 1px solid var(--rule); }
@media (max-width: 30rem) {
  body { padding-top: 1.5rem; }
  h1 { font-size: 1.35rem; }
  svg .wide { display: none; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
}
@media print { body { padding: 0; max-width: none; } }
)css";

}  // namespace inflight::report
