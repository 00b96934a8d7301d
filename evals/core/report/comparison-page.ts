import { several, whole } from "../../../data/words.js";
import { type Html, html } from "../../page/html.js";
import { FEWEST_SUBJECTS } from "../analysis/warnings.js";
import { statusNames } from "../contract.js";
import type { Ledger } from "../ledger.js";
import { comparisonNote, comparisonView } from "./comparison-view.js";
import { evaluationPage } from "./evaluation-page.js";
import type { PairedComparison, PairedInstrument, PairedSample } from "./paired-runs.js";
import { column, type ListColumn, sampleDetail, sampleList, scoresText, short } from "./sample-list.js";

/** A run of the two: its name on the page, and where the minds of its samples are. */
interface ComparedRun {
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
  return evaluationPage({
    title: "Two runs compared",
    lead: html`<p class="lead">The same subjects, items and repeats in both runs. Every difference is B minus A.</p>
<dl class="facts"><dt>A</dt><dd>${a.name}</dd><dt>B</dt><dd>${b.name}</dd></dl>`,
    instruments: instruments.map(({ first }) => first.instrument),
    sections,
    samples: {
      heading: "Answers that changed",
      about: html`Samples whose status, extracted answer or score is another in B; both replies stand side by side behind each row.`,
      list,
      blocks,
    },
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

/** "a → b", or what both sides have in common. */
const change = (first: string, second: string): string =>
  first === second ? first : `${first || "none"} → ${second || "none"}`;

const columnsOf = (several: boolean): ListColumn<ListedPair>[] => [
  column("instrument", "Instrument", "choice", (row) => row.instrument, several ? "1fr" : undefined),
  column("condition", "Condition", "choice", (row) => row.condition, "1.4fr"),
  column("character", "Subject", "choice", (row) => row.first.character, "1.1fr"),
  column("item", "Item", "search", (row) => row.first.item, "1fr"),
  column("repeat", "Repeat", "choice", (row) => String(row.first.repeat), "3.5rem"),
  column(
    "status",
    "Status",
    "choice",
    ({ first, second }) => change(statusNames[first.status], statusNames[second.status]),
    "1.4fr",
  ),
  column("answer", "Answer in A", "search", (row) => short(row.first.shown, 50), "1.3fr"),
  column("after", "Answer in B", "search", (row) => short(row.second.shown, 50), "1.3fr"),
  column("key", "Key", "show", (row) => short(row.first.keyShown, 50), "1fr"),
  column(
    "scores",
    "Scores",
    "show",
    ({ first, second }) => change(scoresText(first), scoresText(second)),
    "1.2fr",
  ),
];
