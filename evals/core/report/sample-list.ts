import { shownPart } from "../../../agents/agents.js";
import { mindSchema } from "../../../agents/mind.js";
import { affectSchema } from "../../../data/character.js";
import { describeMood } from "../../../memory/mood.js";
import type { RecalledMemory } from "../../../memory/recalled-memory.js";
import { type Html, html } from "../../page/html.js";
import { scoreParts } from "../../page/score-parts.js";
import { packedBlock } from "../../page/stored-texts.js";
import type { Sample } from "../contract.js";
import { NumberedTexts, naturally } from "../grouping.js";
import { addedUp } from "../usage-by-role.js";

/** A memory as many minds may show it: kept once in a page. */
interface MemoryText {
  text: string;
  thinking?: string | undefined;
  emotion?: string | undefined;
  source: string;
}

/** Everything that the page shows of one sample once it is opened; what is empty is absent. */
interface SampleDetail {
  label: string;
  question: string;
  reply?: string | undefined;
  extracted?: string | undefined;
  key?: string | undefined;
  reason?: string | undefined;
  scores?: Sample["scores"] | undefined;
  mind?: MindDetail | undefined;
  /** A mind in a form that this program does not know, as JSON. */
  otherMind?: string | undefined;
  facts: readonly string[];
}

interface MindDetail {
  keyElements: readonly string[];
  asksForMemory: boolean;
  queries: readonly string[];
  /** Number of the text, score, and the parts of the score by name. */
  memories: readonly { text: number; score: number; parts: RecalledMemory["parts"] }[];
  /** What the other agents made of it, by title. */
  parts: readonly (readonly [title: string, text: string])[];
  mood: string | null;
}

/** Texts of memories, each kept once however many minds recalled it. */
class MemoryTexts {
  readonly #keys = new NumberedTexts();
  readonly all: MemoryText[] = [];

  numberOf({ id, text, thinking, emotion, source }: RecalledMemory): number {
    const number = this.#keys.numberOf(JSON.stringify([id, text]));
    this.all[number] ??= { text, thinking, emotion, source: sourceText(source) };
    return number;
  }
}

function sourceText(source: RecalledMemory["source"]): string {
  if (source.kind === "story")
    return `from the life story, paragraphs ${source.paragraphs[0]} to ${source.paragraphs[1]}`;
  if (source.kind === "thread") return "from what was said before in this session";
  return "from an imported memory";
}

/** A sample and its mind (read from the ledger only now) as the page shows them. */
export function sampleDetail(
  sample: Sample,
  mind: unknown,
  label: string,
  memories: MemoryTexts,
): SampleDetail {
  const known = mindSchema.safeParse(mind);
  const { calls, inputTokens, outputTokens } = addedUp(Object.values(sample.usage));
  return {
    label,
    question: sample.question,
    reply: sample.reply ?? undefined,
    extracted: sample.shown ?? undefined,
    key: sample.keyShown ?? undefined,
    reason: sample.reason ?? undefined,
    scores: sample.scores ?? undefined,
    ...(known.success
      ? { mind: mindDetail(known.data, memories) }
      : { otherMind: mind === null || mind === undefined ? undefined : JSON.stringify(mind, null, 1) }),
    facts: [
      `${calls} model ${calls === 1 ? "call" : "calls"}, ${inputTokens} tokens read, ${outputTokens} written`,
      ...(sample.latencyMs === null ? [] : [`reply after ${Math.round(sample.latencyMs)} ms`]),
      ...(sample.cachedCalls > 0 ? [`${sample.cachedCalls} calls answered by the cache`] : []),
      ...(sample.degraded.length > 0 ? [`failed in this turn: ${sample.degraded.join(", ")}`] : []),
      sample.at.replace("T", " ").replace(/\.\d+Z$/u, " UTC"),
      `sample ${sample.key}`,
      ...(sample.promptHash === null ? [] : [`prompt ${sample.promptHash}`]),
    ],
  };
}

function mindDetail(mind: ReturnType<typeof mindSchema.parse>, texts: MemoryTexts): MindDetail {
  const { reflection, memories, mood, ...others } = mind;
  const affect = (of: { valence: number; arousal: number }) =>
    `${describeMood(of)} (valence ${of.valence.toFixed(2)}, arousal ${of.arousal.toFixed(2)})`.replaceAll(
      "-",
      "−",
    );
  return {
    keyElements: reflection?.keyElements ?? [],
    asksForMemory: reflection?.asksForMemory ?? false,
    queries: reflection?.queries ?? [],
    memories: memories.map((memory) => ({
      text: texts.numberOf(memory),
      score: rounded(memory.score),
      parts: Object.fromEntries(
        Object.entries(memory.parts).map(([part, value]) => [part, rounded(value ?? 0)]),
      ) as RecalledMemory["parts"],
    })),
    parts: Object.entries(others).flatMap(([key, part]) => {
      if (part === null || part === undefined) return [];
      const felt = affectSchema.safeParse(part);
      const [title, text] = shownPart(key, part);
      return [[title, felt.success ? `${text} [${affect(felt.data)}]` : text] as const];
    }),
    mood: mood && affect(mood),
  };
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

/** So many samples are unpacked together when one of them is opened. */
const samplesABlock = 40;
const memoriesABlock = 60;

/** A column of the list: what a reader sees of a sample before opening it, and can filter by. */
export interface ListColumn<Row> {
  id: string;
  title: string;
  /** Width in the grid of the list; without it the column is only filtered by. */
  width?: string;
  /** `choice`: a filter with the values there are; `search`: a filter by part of the text; `show`: no filter. */
  filter: "choice" | "search" | "show";
  value(row: Row): string;
}

/** A column that shows a text of each row, in its own width; without one it is only filtered by. */
export const column = <Row>(
  id: string,
  title: string,
  filter: ListColumn<Row>["filter"],
  value: (row: Row) => string,
  width?: string,
): ListColumn<Row> => ({ id, title, filter, value, ...(width !== undefined && { width }) });

/** A text cut to a length; nothing for none. */
export const short = (text: string | null, most: number): string =>
  (text ?? "").length > most ? `${text?.slice(0, most - 1)}…` : (text ?? "");

/** "points 2, of 2": the scores of a sample. */
export const scoresText = ({ scores }: Pick<Sample, "scores">): string =>
  Object.entries(scores ?? {})
    .map(([name, value]) => `${name} ${Number(value.toFixed(3))}`)
    .join(", ");

/** What a list is made of. */
interface ListedRows<Row> {
  rows: readonly Row[];
  columns: readonly ListColumn<Row>[];
  /** Of each row one part, or the two that are compared; called once a page of rows, in order. */
  details(page: readonly Row[], memories: MemoryTexts): Promise<SampleDetail[][]>;
  /** "samples", "changed answers". */
  noun: string;
}

/**
 * The list of samples: a small index that filters work on, and packed blocks of details that are opened on demand.
 * Returns the element of the list, which the page's script fills, and the blocks.
 */
export async function sampleList<Row>({ rows, columns, details, noun }: ListedRows<Row>): Promise<{
  list: Html;
  blocks: Html;
}> {
  const memories = new MemoryTexts();
  const blocks: Html[] = [];
  for (let start = 0; start < rows.length; start += samplesABlock)
    blocks.push(
      packedBlock(
        `samples-${start / samplesABlock}`,
        await details(rows.slice(start, start + samplesABlock), memories),
      ),
    );
  for (let start = 0; start < memories.all.length; start += memoriesABlock)
    blocks.push(
      packedBlock(`memories-${start / memoriesABlock}`, memories.all.slice(start, start + memoriesABlock)),
    );
  const index = {
    n: rows.length,
    noun,
    samplesABlock,
    memoriesABlock,
    scoreParts: Object.fromEntries(Object.entries(scoreParts).map(([part, [name]]) => [part, name])),
    columns: columns.map((column) => encoded(column, rows)),
  };
  return {
    list: html`<div id="list" style="--cols: ${columns.flatMap(({ width }) => width ?? []).join(" ")}">${controls(columns, rows, noun)}</div>`,
    blocks: html`${blocks}${packedBlock("index", index)}`,
  };
}

/** Every value once, and for each row the number of its value. */
function encoded<Row>({ id, title, filter, value, width }: ListColumn<Row>, rows: readonly Row[]) {
  const texts = new NumberedTexts();
  const codes = rows.map((row) => texts.numberOf(value(row)));
  return { id, title, filter, shown: width !== undefined, values: texts.all, codes };
}

function controls<Row>(columns: readonly ListColumn<Row>[], rows: readonly Row[], noun: string): Html {
  const fields = columns.flatMap(({ id, title, filter, value }) => {
    if (filter === "show") return [];
    if (filter === "search")
      return [
        html`<label>${title} <input type="search" name="${id}" autocomplete="off" placeholder="any"></label>`,
      ];
    const values = [...new Set(rows.map(value))].sort(naturally);
    if (values.length < 2) return [];
    return [
      html`<label>${title} <select name="${id}"><option value="">all</option>${values.map((each) => html`<option>${each}</option>`)}</select></label>`,
    ];
  });
  return html`<form class="filters screen" aria-label="Filter the ${noun}">${fields}<button type="reset">Clear filters</button></form>
<p class="found" role="status" aria-live="polite">${rows.length.toLocaleString("en")} ${noun}</p>
<noscript><p class="note">Scripts are off: the ${noun} cannot be listed here. All of them are in samples.csv beside this file.</p></noscript>
<div class="columns" aria-hidden="true">${columns.filter(({ width }) => width !== undefined).map(({ id, title }) => html`<span class="c-${id}">${title}</span>`)}</div>
<ol class="samples"></ol>
<nav class="pages screen" aria-label="Pages of the list"><button type="button" data-page="-1">Earlier</button><span class="number"></span><button type="button" data-page="1">Later</button></nav>`;
}
