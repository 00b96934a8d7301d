import { pageDocument } from "../../page/document.js";
import { type Html, html } from "../../page/html.js";
import { StoredTexts } from "../../page/stored-texts.js";
import { conditionId } from "../analysis/conditions.js";
import { naturally } from "../analysis/natural-order.js";
import { type Sample, statusNames } from "../contract.js";
import type { Ledger } from "../ledger.js";
import { instrumentSection } from "./instrument-section.js";
import { listScript } from "./list-script.js";
import type { InstrumentRun } from "./load-run.js";
import { moment, several, whole } from "./numbers.js";
import { reportStyles } from "./report-styles.js";
import { sampleDetail } from "./sample-detail.js";
import { type ListColumn, sampleList } from "./sample-list.js";
import { whoAnswered } from "./who-answered.js";
import { glossary } from "./words.js";

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
  const body = html`<header><h1>${title}</h1>
<p class="lead">How well computer-generated people play the persons they stand for. Every mean stands with the number of values behind it and with what was left out.</p>
${overview(instruments, all.length)}
<nav aria-label="Contents"><ul class="toc">${instruments.map(({ instrument }) => html`<li><a href="#${instrument.name}">${instrument.title}</a></li>`)}<li><a href="#samples">Every sample</a></li><li><a href="#reading">How to read this page</a></li></ul></nav></header>
<main id="main" tabindex="-1">${sections}
<section class="instrument"><h2 id="samples" tabindex="-1">Every sample</h2>
<p class="small soft">What was asked, replied and read out of it; behind it, where the method has one, the mind of that turn. ${stride > 1 && `Of ${whole(all.length)} samples every ${stride}${stride === 2 ? "nd" : stride === 3 ? "rd" : "th"} is here; all are in samples.csv and in the ledger. `}<span class="screen">Keys: <kbd>Tab</kbd> to a row, <kbd>↑</kbd> <kbd>↓</kbd> between rows, <kbd>→</kbd> or <kbd>Enter</kbd> opens, <kbd>Esc</kbd> closes.</span></p>
${list}</section></main>
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

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
function columnsOf(instruments: readonly InstrumentRun[]): ListColumn<ListedSample>[] {
  return [
    {
      id: "instrument",
      title: "Instrument",
      filter: "choice",
      ...(instruments.length > 1 && { width: "1fr" }),
      value: ({ instrument }) => instrument,
    },
    {
      id: "condition",
      title: "Condition",
      filter: "show",
      width: "1.2fr",
      value: ({ condition }) => condition,
    },
    { id: "method", title: "Method", filter: "choice", value: ({ sample }) => sample.condition.method },
    { id: "model", title: "Model", filter: "choice", value: ({ sample }) => sample.condition.model },
    { id: "framing", title: "Framing", filter: "choice", value: ({ sample }) => sample.condition.framing },
    { id: "arm", title: "Arm", filter: "choice", value: ({ sample }) => sample.condition.arm || "none" },
    {
      id: "character",
      title: "Subject",
      filter: "choice",
      width: "1.2fr",
      value: ({ sample }) => sample.character,
    },
    { id: "item", title: "Item", filter: "search", width: "1fr", value: ({ sample }) => sample.item },
    {
      id: "repeat",
      title: "Repeat",
      filter: "choice",
      width: "3.5rem",
      value: ({ sample }) => String(sample.repeat),
    },
    {
      id: "status",
      title: "Status",
      filter: "choice",
      width: "1fr",
      value: ({ sample }) => statusNames[sample.status],
    },
    {
      id: "answer",
      title: "Extracted answer",
      filter: "search",
      width: "1.7fr",
      value: ({ sample }) => short(sample.shown ?? ""),
    },
    {
      id: "key",
      title: "Key",
      filter: "show",
      width: "1.2fr",
      value: ({ sample }) => short(sample.keyShown ?? ""),
    },
    {
      id: "scores",
      title: "Scores",
      filter: "show",
      width: "1.2fr",
      value: ({ sample }) => scoresText(sample),
    },
  ];
}

const scoresText = ({ scores }: Sample): string =>
  Object.entries(scores ?? {})
    .map(([name, value]) => `${name} ${Number(value.toFixed(3))}`)
    .join(", ");

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
