/** The style of every page: type, colours for light and dark, focus, disclosure, tables, print. */
export const pageStyles = `
:root { color-scheme: light dark; --paper: #fbfaf6; --raised: #f3f0e8; --ink: #23211d; --soft: #5f5a50; --line: #d8d2c4;
  --accent: #1d5c63; --fill: #b9cfcd; --serif: "Iowan Old Style", "Palatino Linotype", Palatino, Charter, Georgia, "Noto Serif", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; --mono: ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
@media (prefers-color-scheme: dark) { :root { --paper: #1b1a17; --raised: #25231f; --ink: #ebe6da; --soft: #b3ab9b; --line: #403c34;
  --accent: #8fc7c6; --fill: #35595a; } }
* { box-sizing: border-box; }
html { font: 100%/1.6 var(--sans); background: var(--paper); color: var(--ink); scroll-padding-top: 1.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 3.5rem 1.5rem 6rem; max-width: 50rem; overflow-wrap: anywhere; }
h1, h2, h3, h4 { font-family: var(--serif); font-weight: 500; line-height: 1.25; text-wrap: balance; margin: 0; }
h1 { font-size: clamp(1.8rem, 5vw, 2.5rem); letter-spacing: -.01em; }
h2 { font-size: 1.45rem; margin: 3.5rem 0 1rem; }
h3 { font: 600 .95rem/1.5 var(--sans); margin: 0; }
p { margin: .5rem 0; }
a { color: var(--accent); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
.skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem 1rem; z-index: 1; }
.soft { color: var(--soft); } .small { font-size: .875rem; } .number { font-variant-numeric: tabular-nums; white-space: nowrap; }
summary { cursor: pointer; list-style: none; position: relative; padding-left: 1.15em; } summary::-webkit-details-marker { display: none; }
summary::before { content: "\\25B8"; content: "\\25B8" / ""; position: absolute; left: 0; color: var(--accent); }
details[open] > summary::before { content: "\\25BE"; content: "\\25BE" / ""; }
button { font: inherit; font-size: .875rem; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: 2rem; padding: .3rem .95rem; cursor: pointer; }
table { border-collapse: collapse; font-size: .875rem; width: 100%; } caption { text-align: left; color: var(--soft); padding: .4rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); font-weight: 400; } thead th { color: var(--soft); }
td.number, th.number { text-align: right; } .scroll { overflow-x: auto; }
.bar { display: block; height: .6rem; background: var(--fill); border: 1px solid var(--accent); border-radius: 1px; min-width: 3px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.stored { white-space: pre-wrap; font: .8125rem/1.55 var(--mono); background: var(--raised); border-left: 2px solid var(--line); padding: .8rem 1rem; margin: .4rem 0 .8rem; max-height: 26rem; overflow: auto; unicode-bidi: plaintext; }
.stored:empty::before { content: "\\2026"; }
.said { white-space: pre-wrap; unicode-bidi: plaintext; }
figure { margin: 1rem 0; } figure svg { display: block; width: 100%; height: auto; } .narrow { display: none !important; }
@media (max-width: 36rem) { body { padding: 2rem 1rem 4rem; } .wide { display: none !important; } .narrow { display: block !important; } }
@media (forced-colors: active) { .bar { background: CanvasText; border-color: CanvasText; } summary::before { color: CanvasText; } }
@media print { :root { --paper: #fff; --raised: #fff; --ink: #000; --soft: #333; --line: #999; --accent: #000; --fill: #bbb; color-scheme: light; }
  html { font-size: 10pt; } body { max-width: none; padding: 0; } button, .skip, .screen { display: none !important; } .stored { max-height: none; }
  details[data-row]::details-content { content-visibility: visible; block-size: auto; } summary::before { display: none; } summary { padding-left: 0; } }
`;
