import { axisName, chartPair, chartText } from "../../page/chart.js";
import type { Html } from "../../page/html.js";
import type { TableResult } from "../analysis/results.js";
import { groupBy } from "../grouping.js";
import { figure } from "./numbers.js";

const shapes = ["circle", "rect", "triangle", "diamond"];
const signs = [...shapes, ...shapes.map((name) => `empty${name[0]?.toUpperCase()}${name.slice(1)}`)];
const dashes = ["solid", "dashed", "dotted"];
const colours = 6;

/** The lines or bars that an instrument asks for beside a table; null for a table without numbers to draw. */
export async function tableChart(table: TableResult): Promise<Html[] | null> {
  const { chart, title } = table;
  if (!chart) return null;
  const groups = chart.series
    ? groupBy(table.rows, (row) => String(row[chart.series ?? ""] ?? ""))
    : new Map([["", table.rows]]);
  const categories = [...new Set(table.rows.map((row) => String(row[chart.x] ?? "")))];
  const named = (column: string) => table.columns.find(({ id }) => id === column)?.title ?? column;
  const series = [...groups].flatMap(([group, rows]) =>
    chart.y.map((column) => {
      const values = new Map(rows.map((row) => [String(row[chart.x] ?? ""), row[column]]));
      const name = [group, ...(chart.y.length > 1 || group === "" ? [named(column)] : [])]
        .filter(Boolean)
        .join(", ");
      return {
        name,
        data: categories.map((category) =>
          typeof values.get(category) === "number" ? Number(values.get(category)) : null,
        ),
      };
    }),
  );
  const drawn = series.filter(({ data }) => data.some((value) => value !== null));
  if (drawn.length === 0) return null;
  const unit = chart.y.map(named).join(", ");
  const x = named(chart.x);
  const draw = (narrow: boolean) => {
    const legend = Math.ceil(drawn.length / (narrow ? 1 : 3)) * 22;
    const about = { kind: chart.kind, x, unit, narrow, legend };
    return { option: option(drawn, categories, about), height: 300 + legend };
  };
  const names = drawn.map(({ name }) => name).join("; ");
  const description = `${unit} by ${x}, for ${names}. The table holds every value.`;
  return chartPair(draw, { title, description });
}

function option(
  series: readonly { name: string; data: readonly (number | null)[] }[],
  categories: readonly string[],
  about: { kind: "line" | "bar"; x: string; unit: string; narrow: boolean; legend: number },
) {
  const { kind, x, unit, narrow, legend } = about;
  const text = chartText(narrow);
  return {
    textStyle: text,
    title: { text: unit, left: 0, top: 0, textStyle: { ...text, fontWeight: 500 } },
    legend: {
      left: 0,
      top: 22,
      width: narrow ? 340 : 860,
      itemWidth: 30,
      itemGap: narrow ? 6 : 18,
      textStyle: { ...text, color: "var(--ink)" },
      ...(narrow && { orient: "vertical" }),
    },
    grid: { left: 44, right: 10, top: 40 + legend, bottom: 44 },
    xAxis: {
      type: "category",
      data: [...categories],
      ...axisName(x, 26, narrow),
      axisLine: { lineStyle: { color: "var(--soft)" } },
      axisTick: { show: false },
      axisLabel: { ...text, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      axisLabel: { ...text, formatter: figure },
      splitLine: { lineStyle: { color: "var(--line)" } },
    },
    series: series.map(({ name, data }, at) => {
      const colour = `var(--s${(at % colours) + 1})`;
      const line = {
        type: "line",
        connectNulls: true,
        symbol: signs[at % signs.length],
        symbolSize: 8,
        lineStyle: { color: colour, width: 2, type: dashes[at % dashes.length] },
        itemStyle: { color: colour },
      };
      const bar = {
        type: "bar",
        barMaxWidth: 26,
        itemStyle: { color: colour, borderColor: "var(--ink)", borderWidth: 0.8 },
      };
      return { name, data: [...data], silent: true, ...(kind === "line" ? line : bar) };
    }),
  };
}
