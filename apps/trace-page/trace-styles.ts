/** Style of the trace page: a transcript, with what went on inside behind each answer. */
export const traceStyles = `
.lead { font: 1.1rem/1.6 var(--serif); max-width: 38rem; } .facts { margin: 1.5rem 0 0; display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.25rem; font-size: .9rem; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; } .tools { display: flex; gap: 1rem; align-items: baseline; flex-wrap: wrap; margin: 1rem 0 0; }
kbd { font: .8em var(--mono); border: 1px solid var(--line); border-radius: 3px; padding: .05em .35em; white-space: nowrap; }
.turns { list-style: none; margin: 0; padding: 0; }
.turn { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); column-gap: 1.25rem; padding: 1.6rem 0 1.4rem; border-top: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 11rem; }
.place { font-size: .85rem; color: var(--soft); padding-top: .25rem; } .place span { display: block; font-weight: 400; }
.line { margin: 0 0 .6rem; font: 1.08rem/1.6 var(--serif); } .line b { display: block; font: 600 .78rem/1.6 var(--sans); color: var(--soft); letter-spacing: .02em; }
.answer .said { display: block; } .answer b { color: var(--accent); } .line .said { display: block; }
.note { border-left: 3px double var(--ink); padding-left: .8rem; font-size: .9rem; }
details[data-row] { margin-top: .7rem; } details[data-row] > summary { font-size: .92rem; color: var(--accent); } .gist { margin-left: .5rem; }
.inside { margin: .8rem 0 .5rem; border-left: 1px solid var(--line); padding-left: 1.4rem; }
.part { padding: .7rem 0; } .part h4 { font-size: 1.05rem; font-style: italic; margin-bottom: .25rem; } .part .said { font: 1.02rem/1.6 var(--serif); } .part ul { margin: .2rem 0; padding-left: 1.1rem; list-style: disc; } figure + details { margin-bottom: 2.5rem; }
.memories { margin: 0; padding-left: 1.3rem; } .memory { margin: 0 0 1.1rem; } .memory > p:first-child { font-family: var(--serif); font-size: 1.02rem; } .memory details { font-size: .9rem; margin: .25rem 0; }
.affect { max-width: 30rem; }
.step { display: grid; grid-template-columns: 12.5rem minmax(4rem, 1fr) 4.2rem; column-gap: .9rem; align-items: center; padding: .3rem 0; font-size: .9rem; }
.step .number { text-align: right; } .step .detail { grid-column: 1 / -1; line-height: 1.35; } .track { display: block; border-bottom: 1px dotted var(--line); }
.prompt { padding: .3rem 0; } .prompt h3 { display: inline; } .sections { list-style: none; margin: .4rem 0 .4rem; padding: 0 0 0 1.15rem; } .sections summary { display: grid; grid-template-columns: 13rem 9.5rem minmax(3rem, 1fr); gap: .2rem .8rem; align-items: center; font-size: .9rem; padding-block: .15rem; }
.reply { padding-left: 1.15rem; font-size: .9rem; } .glossary dt { font-weight: 600; margin-top: .8rem; } .glossary dd { margin: 0; }
.problems { border: 1px solid var(--line); padding: .8rem 1.2rem; font-size: .9rem; }
@media (max-width: 36rem) { .turn { grid-template-columns: minmax(0, 1fr); } .place { margin-bottom: .5rem; } .place span { display: inline; margin-left: .4rem; } .inside { padding-left: .8rem; } .gist { display: block; margin-left: 0; }
  .facts { grid-template-columns: 1fr; } .facts dt { margin-top: .5rem; } .step { grid-template-columns: minmax(0, 1fr) 4.2rem; } .step .track { grid-column: 1 / -1; grid-row: 2; } .sections { padding-left: 0; } .sections summary { grid-template-columns: minmax(0, 1fr); } .sections summary::before { top: .1rem; } }
@media print { .turn { break-inside: auto; content-visibility: visible; } .prompt, .sections { break-inside: avoid; } .line { break-inside: avoid; } h2 { break-after: avoid; } }
`;
