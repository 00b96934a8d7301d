import { type Html, html } from "../../page/html.js";
import { packedBlock } from "../../page/packed-block.js";
import { scoreParts } from "../../page/score-parts.js";
import { MemoryTexts, type SampleDetail } from "./sample-detail.js";

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

/** What a list is made of. */
export interface ListedRows<Row> {
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
  const numbers = new Map<string, number>();
  const codes = rows.map((row) => {
    const text = value(row);
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  });
  return { id, title, filter, shown: width !== undefined, values: [...numbers.keys()], codes };
}

function controls<Row>(columns: readonly ListColumn<Row>[], rows: readonly Row[], noun: string): Html {
  const fields = columns.flatMap(({ id, title, filter, value }) => {
    if (filter === "show") return [];
    if (filter === "search")
      return [
        html`<label>${title} <input type="search" name="${id}" autocomplete="off" placeholder="any"></label>`,
      ];
    const values = [...new Set(rows.map(value))].sort((a, b) => collator.compare(a, b));
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
const collator = new Intl.Collator("en", { numeric: true });
