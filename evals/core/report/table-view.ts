import { type Html, html, type Part } from "../../page/html.js";
import type { TableResult } from "../analysis/results.js";
import { figure } from "./numbers.js";
import { tableChart } from "./table-chart.js";

/** A column of a table on the page; numbers stand at the right. */
export interface Column {
  title: string;
  number?: boolean;
}

/** A table that scrolls within itself on a narrow page; the first cell of a row names the row. */
export function dataTable(
  name: string,
  columns: readonly Column[],
  rows: readonly (readonly Part[])[],
  note?: string,
): Html {
  const classOf = (column: Column | undefined, value?: Part) =>
    typeof value === "string" && value.length > 40
      ? html` class="long"`
      : column?.number
        ? html` class="number"`
        : null;
  const cell = (value: Part, at: number) =>
    at === 0
      ? html`<th scope="row">${value}</th>`
      : html`<td${classOf(columns[at], value)}>${value === "" || value === null || value === undefined ? html`<span class="soft">none</span>` : value}</td>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}"><table><thead><tr>${columns.map((column) => html`<th scope="col"${classOf(column)}>${column.title}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody></table></div>${note !== undefined && html`<p class="small soft">${note}</p>`}`;
}

/** A table of the instrument's own, with its drawing; a long one is folded where there is one. */
export async function tableView(table: TableResult): Promise<Html> {
  const { title, columns, rows, note } = table;
  const charts = await tableChart(table);
  const numeric = (id: string) => rows.some((row) => typeof row[id] === "number");
  const written = (value: string | number | null | undefined) =>
    typeof value === "number"
      ? Number.isInteger(value)
        ? value.toLocaleString("en")
        : figure(value)
      : value;
  const drawn = dataTable(
    title,
    columns.map(({ id, title: name }, at) => ({ title: name, number: at > 0 && numeric(id) })),
    rows.map((row) => columns.map(({ id }) => written(row[id]))),
    note,
  );
  return html`<section class="measure"><h3>${title}</h3>${charts && html`<figure>${charts}</figure>`}
${charts && rows.length > 12 ? html`<details class="aside"><summary>The table</summary>${drawn}</details>` : drawn}</section>`;
}
