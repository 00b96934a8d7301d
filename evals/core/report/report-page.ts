import { moment, several, whole } from "../../../data/words.js";
import { type Html, html } from "../../page/html.js";
import { conditionId } from "../analysis/conditions.js";
import { type Sample, statusNames } from "../contract.js";
import { naturally } from "../grouping.js";
import type { Ledger } from "../ledger.js";
import { evaluationPage } from "./evaluation-page.js";
import { instrumentSection } from "./instrument-section.js";
import type { InstrumentRun } from "./load-run.js";
import { column, type ListColumn, sampleDetail, sampleList, scoresText, short } from "./sample-list.js";
import { whoAnswered } from "./who-answered.js";

/** A page holds the details of so many samples at most; all of them are in the ledger and in samples.csv. */
const mostListed = 20_000;

/** A sample with what the list says of it. */
interface ListedSample {
  sample: Sample;
  instrument: string;
  condition: string;
}

/**
 * The report of a run: one self-contained page.
 * @param ledger where the minds of the samples are
 * @throws SimulacraError `missing_package` where ECharts is not installed
 */
export async function reportPage(
  instruments: readonly InstrumentRun[],
  ledger: Pick<Ledger, "minds">,
): Promise<string> {
  const sections: Html[] = [];
  for (const instrument of instruments) sections.push(await instrumentSection(instrument));
  const all = listedSamples(instruments);
  const stride = Math.max(1, Math.ceil(all.length / mostListed));
  const rows = all.filter((_row, index) => index % stride === 0);
  const { list, blocks } = await sampleList({
    rows,
    columns: columnsOf(instruments),
    noun: "samples",
    async details(page, memories) {
      const minds = await ledger.minds(page.map(({ sample }) => sample.key));
      return page.map(({ sample, condition }) => [
        sampleDetail(sample, minds.get(sample.key), condition, memories),
      ]);
    },
  });
  const titles = instruments.map(({ instrument }) => instrument.title);
  const title = titles.length === 0 ? "Evaluation" : `Evaluation: ${titles.join(", ")}`;
  const nth = stride === 2 ? "nd" : stride === 3 ? "rd" : "th";
  return evaluationPage({
    title,
    lead: html`<p class="lead">How well computer-generated people play the persons they stand for. Every mean stands with the number of values behind it and with what was left out.</p>
${overview(instruments, all.length)}`,
    instruments: instruments.map(({ instrument }) => instrument),
    sections,
    samples: {
      heading: "Every sample",
      about: html`What was asked, replied and read out of it; behind it, where the method has one, the mind of that turn. ${stride > 1 && `Of ${whole(all.length)} samples every ${stride}${nth} is here; all are in samples.csv and in the ledger. `}<span class="screen">Keys: <kbd>Tab</kbd> to a row, <kbd>↑</kbd> <kbd>↓</kbd> between rows, <kbd>→</kbd> or <kbd>Enter</kbd> opens, <kbd>Esc</kbd> closes.</span>`,
      list,
      blocks,
    },
  });
}

/** In reading order: the same item of the same subject stands together, condition after condition. */
function listedSamples(instruments: readonly InstrumentRun[]): ListedSample[] {
  return instruments.flatMap(({ instrument, samples, results }) => {
    const labels = new Map(results.conditions.map(({ id, label }, index) => [id, { label, index }]));
    return samples
      .map((sample) => {
        const { label = "", index = 0 } = labels.get(conditionId(sample.condition)) ?? {};
        return { row: { sample, instrument: instrument.title, condition: label }, index };
      })
      .sort(
        (a, b) =>
          naturally(a.row.sample.character, b.row.sample.character) ||
          a.row.sample.position - b.row.sample.position ||
          naturally(a.row.sample.item, b.row.sample.item) ||
          a.row.sample.repeat - b.row.sample.repeat ||
          a.index - b.index,
      )
      .map(({ row }) => row);
  });
}

const columnsOf = (instruments: readonly InstrumentRun[]): ListColumn<ListedSample>[] => [
  column(
    "instrument",
    "Instrument",
    "choice",
    (row) => row.instrument,
    instruments.length > 1 ? "1fr" : undefined,
  ),
  column("condition", "Condition", "show", ({ condition }) => condition, "1.2fr"),
  column("method", "Method", "choice", ({ sample }) => sample.condition.method),
  column("model", "Model", "choice", ({ sample }) => sample.condition.model),
  column("framing", "Framing", "choice", ({ sample }) => sample.condition.framing),
  column("arm", "Arm", "choice", ({ sample }) => sample.condition.arm || "none"),
  column("character", "Subject", "choice", ({ sample }) => sample.character, "1.2fr"),
  column("item", "Item", "search", ({ sample }) => sample.item, "1fr"),
  column("repeat", "Repeat", "choice", ({ sample }) => String(sample.repeat), "3.5rem"),
  column("status", "Status", "choice", ({ sample }) => statusNames[sample.status], "1fr"),
  column("answer", "Extracted answer", "search", ({ sample }) => short(sample.shown, 60), "1.7fr"),
  column("key", "Key", "show", ({ sample }) => short(sample.keyShown, 60), "1.2fr"),
  column("scores", "Scores", "show", ({ sample }) => scoresText(sample), "1.2fr"),
];

function overview(instruments: readonly InstrumentRun[], samples: number): Html {
  const entries = instruments.flatMap(({ entries: own }) => own);
  const started = entries.map(({ startedAt }) => startedAt).sort()[0];
  const models = [...new Set(entries.flatMap(({ models: own }) => own))];
  const answered = instruments.map(whoAnswered);
  const names = new Set(answered.flatMap(({ characters }) => characters));
  const subjects = [
    ...(names.size > 0 ? [several(names.size, "character")] : []),
    ...(answered.some(({ bareModel }) => bareModel) ? ["bare language models"] : []),
  ];
  return html`<dl class="facts">${started !== undefined && html`<dt>Begun</dt><dd>${moment(started)}</dd>`}
<dt>Size</dt><dd>${several(samples, "sample")} of ${subjects.join(" and ")}</dd>
<dt>Language ${models.length === 1 ? "model" : "models"}</dt><dd>${models.join(", ")}</dd></dl>`;
}
