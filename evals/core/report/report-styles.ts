/** Style of the evaluation's pages: a journal's page, with figures over the full width. */
export const reportStyles = `
:root { --s1: #1d5c63; --s2: #a8521b; --s3: #5b4a9c; --s4: #4f6b1a; --s5: #a03463; --s6: #5a544a; }
@media (prefers-color-scheme: dark) { :root { --s1: #8fc7c6; --s2: #e9a673; --s3: #b9abf2; --s4: #b3cf7c; --s5: #f09cc0; --s6: #c9c1b2; } }
body { max-width: 61rem; } .lead, .about p, .guide p { font: 1.05rem/1.6 var(--serif); max-width: 42rem; } header .lead { font-size: 1.15rem; }
.instrument { border-top: 1px solid var(--line); margin-top: 3.5rem; } .instrument h2 { margin-top: 1.2rem; font-size: 1.75rem; }
h3 { font: 500 1.25rem/1.35 var(--serif); } .big { margin: 3.2rem 0 .3rem; font-size: 1.45rem; } .measure { margin: 2.6rem 0 0; } .measure h4 { font: italic 1.1rem/1.4 var(--serif); } .measure figure { margin: .8rem 0 1rem; }
.facts { margin: 1.2rem 0; display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; font-size: .9rem; } .facts dt { color: var(--soft); } .facts dd { margin: 0; }
.problems { border: 1px solid var(--ink); border-left-width: 4px; padding: .8rem 1.2rem; margin: 1.2rem 0; font-size: .9rem; max-width: 46rem; } .problems ul { margin: .3rem 0 0; padding-left: 1.1rem; } .note { border-left: 3px double var(--ink); padding-left: .8rem; font-size: .9rem; }
td .number { white-space: nowrap; } table { font-variant-numeric: tabular-nums; overflow-wrap: normal; } thead th { border-bottom: 1px solid var(--ink); border-top: 1.5px solid var(--ink); vertical-align: bottom; } tbody tr:last-child > * { border-bottom: 1.5px solid var(--ink); } td, th { min-width: 3.2rem; } tbody th { min-width: 7rem; overflow-wrap: anywhere; }
td:not(.number) { max-width: 22rem; } td.number { white-space: normal; } thead th.number { white-space: normal; } td.long { min-width: 26rem; max-width: 40rem; text-align: left; } .scroll { margin: .6rem 0; }
.aside { margin: .8rem 0; } .aside > summary { color: var(--accent); font-size: .92rem; }
.guide { margin-top: 3.5rem; border-top: 1px solid var(--line); } .toc { columns: 2; padding-left: 1.2rem; }
.filters { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin: 1rem 0; } .filters label { display: grid; font-size: .8rem; color: var(--soft); gap: .1rem; max-width: 100%; }
.filters select, .filters input { font: inherit; font-size: .9rem; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: 3px; padding: .25rem .4rem; max-width: 14rem; min-width: 6rem; }
.found { font-size: .9rem; font-weight: 600; } .samples { list-style: none; padding: 0; margin: 0; }
.columns, .sample > summary { display: grid; grid-template-columns: var(--cols); column-gap: .8rem; padding-left: 1.15rem; font-size: .875rem; align-items: baseline; } 
.columns span { overflow-wrap: normal; min-width: 0; } .columns { color: var(--soft); border-bottom: 1px solid var(--ink); padding-block: .3rem; }
.sample { border-bottom: 1px solid var(--line); } .sample > summary { padding-block: .32rem; } .sample > summary span { overflow-wrap: anywhere; min-width: 0; } .sample .none { color: var(--soft); } @media (min-width: 50.01rem) { .sample > summary span { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; } .sample .c-status { display: block; } }
.c-status[data-value]:not([data-value=answered])::before { content: "\\25C6\\00a0"; content: "\\25C6\\00a0" / ""; }
.detail { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 0 2rem; padding: .4rem 0 1.2rem 1.15rem; } .side { min-width: 0; } .side h3 { font: 600 .85rem/1.5 var(--sans); color: var(--accent); margin-top: .5rem; }
.part { padding: .4rem 0; } .part h4 { font: italic 1rem/1.4 var(--serif); color: var(--soft); } .part .said { font: 1.02rem/1.55 var(--serif); margin: .15rem 0; } .part ul { margin: .2rem 0; padding-left: 1.1rem; } .part .facts { margin: .2rem 0; } .part ol { padding-left: 1.3rem; margin: .2rem 0; } .part ol > li { margin-bottom: .8rem; }
.side details { font-size: .9rem; margin: .3rem 0; } .inside { border-left: 1px solid var(--line); padding-left: 1.1rem; margin: .4rem 0; }
.pages { display: flex; gap: 1rem; align-items: center; margin: 1rem 0; } .pages[hidden] { display: none; } button:disabled { color: var(--soft); cursor: default; }
.glossary dt { font-weight: 600; margin-top: .8rem; } .glossary dd { margin: 0; max-width: 46rem; }
@media (max-width: 50rem) { .columns { display: none; } .sample > summary { display: flex; flex-wrap: wrap; gap: .05rem .7rem; padding-block: .6rem; } .sample > summary .c-repeat::before, .sample > summary .c-answer::before, .sample > summary .c-key::before { content: attr(data-title) ": "; color: var(--soft); } .toc { columns: 1; } }
@media (max-width: 36rem) { .facts { grid-template-columns: 1fr; } .facts dt { margin-top: .4rem; } }
@media print { .measure, figure, tr { break-inside: avoid; } h2, h3, h4 { break-after: avoid; } .scroll { overflow: visible; } .detail:empty { display: none; } .columns, .samples { font-size: 8pt; } .instrument { break-before: page; } td, th { padding-right: .5rem; font-size: 8pt; } }
`;
