import { pageDocument } from "../../page/document.js";
import { type Html, html } from "../../page/html.js";
import { StoredTexts } from "../../page/stored-texts.js";
import { FEWEST_SUBJECTS } from "../analysis/warnings.js";
import { statusNames } from "../contract.js";
import type { Ledger } from "../ledger.js";
import { comparisonNote, comparisonView } from "./comparison-view.js";
import { listScript } from "./list-script.js";
import { several, whole } from "./numbers.js";
import type { PairedComparison, PairedInstrument, PairedSample } from "./paired-runs.js";
import { reportStyles } from "./report-styles.js";
import { sampleDetail } from "./sample-detail.js";
import { type ListColumn, sampleList } from "./sample-list.js";
import { glossary } from "./words.js";

/** A run of the two: its name on the page, and where the minds of its samples are. */
export interface ComparedRun {
  name: string;
  ledger: Pick<Ledger, "minds">;
}

interface ListedPair extends PairedSample {
  instrument: string;
}

/** The page of two runs on the same samples: differences, and every answer that changed with both replies side by side. */
export async function comparisonPage(
  instruments: readonly PairedInstrument[],
  a: ComparedRun,
  b: ComparedRun,
): Promise<string> {
  const sections: Html[] = [];
  for (const instrument of instruments) sections.push(await section(instrument));
  const rows = instruments.flatMap(({ first, samples }) =>
    samples
      .filter(({ changed }) => changed)
      .map((pair): ListedPair => ({ ...pair, instrument: first.instrument.title })),
  );
  const { list, blocks } = await sampleList({
    rows,
    columns: columnsOf(instruments.length > 1),
    noun: "changed answers",
    async details(page, memories) {
      const [ofA, ofB] = await Promise.all([
        a.ledger.minds(page.map(({ first }) => first.key)),
        b.ledger.minds(page.map(({ second }) => second.key)),
      ]);
      return page.map(({ first, second }) => [
        sampleDetail(first, ofA.get(first.key), `A: ${a.name}`, memories),
        sampleDetail(second, ofB.get(second.key), `B: ${b.name}`, memories),
      ]);
    },
  });
  const title = "Two runs compared";
  const body = html`<header><h1>${title}</h1>
<p class="lead">The same subjects, items and repeats in both runs. Every difference is B minus A.</p>
<dl class="facts"><dt>A</dt><dd>${a.name}</dd><dt>B</dt><dd>${b.name}</dd></dl>
<nav aria-label="Contents"><ul class="toc">${instruments.map(({ first: { instrument } }) => html`<li><a href="#${instrument.name}">${instrument.title}</a></li>`)}<li><a href="#samples">Answers that changed</a></li><li><a href="#reading">How to read this page</a></li></ul></nav></header>
<main id="main" tabindex="-1">${sections}
<section class="instrument"><h2 id="samples" tabindex="-1">Answers that changed</h2><p class="small soft">Samples whose status, extracted answer or score is another in B; both replies stand side by side behind each row.</p>${list}</section></main>
<footer class="guide"><h2 id="reading">How to read this page</h2><dl class="glossary">${glossary.map(([word, meaning]) => html`<dt>${word}</dt><dd>${meaning}</dd>`)}</dl></footer>`;
  return pageDocument({
    title,
    body,
    texts: new StoredTexts(),
    styles: reportStyles,
    script: listScript,
    blocks,
  });
}

const differences = {
  nothing:
    "The conditions are the same; what differs is not among them (a prompt, a character, a seed, a version).",
  model: "The two runs differ in the language model.",
  method: "The two runs differ in the method.",
  framing: "The two runs differ in the framing.",
};

/** Fewer than ten of what a measure draws as a whole; null where no measure has so few. */
function fewest(comparisons: readonly PairedComparison[]): string | null {
  const counted = comparisons
    .filter(({ pairs }) => pairs > 0)
    .map(({ n, units, cluster }) => ({ count: units === "items" ? 1 : n, cluster }));
  const [least] = counted.sort((one, other) => one.count - other.count);
  return least && least.count < FEWEST_SUBJECTS ? several(least.count, least.cluster) : null;
}

async function section({ first, second, ...paired }: PairedInstrument): Promise<Html> {
  const { instrument } = first;
  const changed = paired.samples.filter((pair) => pair.changed).length;
  const few = fewest(paired.comparisons);
  const subjects = new Set(paired.samples.map(({ first: sample }) => sample.character)).size;
  const views = await Promise.all(
    instrument.measures.flatMap(({ id, title, unit, cluster = "subject" }) => {
      const own = paired.comparisons.filter(({ measure }) => measure === id);
      return own.length === 0
        ? []
        : [
            comparisonView(own, {
              title,
              unit,
              cluster,
              labelOf: (side) => side,
              name: ({ second: label }) => label,
              sides: () => ["A", "B"],
            }),
          ];
    }),
  );
  return html`<section class="instrument" id="${instrument.name}"><h2>${instrument.title}</h2>
<p>${several(paired.samples.length, "sample")} of ${several(subjects, "subject")} ${paired.samples.length === 1 ? "is" : "are"} in both runs; of these ${whole(changed)} answers changed. ${paired.unpaired > 0 && `${several(paired.unpaired, "sample")} of one run only ${paired.unpaired === 1 ? "is" : "are"} left out. `}${differences[paired.differsIn]}</p>
${few !== null && html`<div class="problems" role="note">There ${few.startsWith("1 ") ? "is" : "are"} only ${few} (fewer than ${FEWEST_SUBJECTS}): read the differences as a description of these alone.</div>`}
${paired.conditions.length === 0 ? html`<p class="note">No condition of A has its like in B: nothing can be compared.</p>` : html`<p class="small soft">${comparisonNote}</p>`}
${views}</section>`;
}

const short = (text: string | null): string =>
  (text ?? "").length > 50 ? `${text?.slice(0, 49)}…` : (text ?? "");
const scoreOf = ({ scores }: PairedSample["first"]): string =>
  Object.entries(scores ?? {})
    .map(([name, value]) => `${name} ${Number(value.toFixed(3))}`)
    .join(", ");

function columnsOf(several: boolean): ListColumn<ListedPair>[] {
  return [
    {
      id: "instrument",
      title: "Instrument",
      filter: "choice",
      ...(several && { width: "1fr" }),
      value: (row) => row.instrument,
    },
    { id: "condition", title: "Condition", filter: "choice", width: "1.4fr", value: (row) => row.condition },
    {
      id: "character",
      title: "Subject",
      filter: "choice",
      width: "1.1fr",
      value: (row) => row.first.character,
    },
    { id: "item", title: "Item", filter: "search", width: "1fr", value: (row) => row.first.item },
    {
      id: "repeat",
      title: "Repeat",
      filter: "choice",
      width: "3.5rem",
      value: (row) => String(row.first.repeat),
    },
    {
      id: "status",
      title: "Status",
      filter: "choice",
      width: "1.4fr",
      value: ({ first, second }) =>
        [...new Set([first.status, second.status])].map((status) => statusNames[status]).join(" → "),
    },
    {
      id: "answer",
      title: "Answer in A",
      filter: "search",
      width: "1.3fr",
      value: (row) => short(row.first.shown),
    },
    {
      id: "after",
      title: "Answer in B",
      filter: "search",
      width: "1.3fr",
      value: (row) => short(row.second.shown),
    },
    { id: "key", title: "Key", filter: "show", width: "1fr", value: (row) => short(row.first.keyShown) },
    {
      id: "scores",
      title: "Scores",
      filter: "show",
      width: "1.2fr",
      value: ({ first, second }) =>
        scoreOf(first) === scoreOf(second)
          ? scoreOf(first)
          : `${scoreOf(first) || "none"} → ${scoreOf(second) || "none"}`,
    },
  ];
}
