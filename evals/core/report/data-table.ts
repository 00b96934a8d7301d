import { type Html, html, type Part } from "../../page/html.js";

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
