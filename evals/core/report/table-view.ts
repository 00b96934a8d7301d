import { type Html, html } from "../../page/html.js";
import type { TableResult } from "../analysis/results.js";
import { dataTable } from "./data-table.js";
import { figure } from "./numbers.js";
import { tableChart } from "./table-chart.js";

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
