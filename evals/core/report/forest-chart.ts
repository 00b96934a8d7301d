import { axisName, chartPair, chartText, chartWidth } from "../../page/chart.js";
import type { Html } from "../../page/html.js";

/** A mean or difference with its interval, and what it is held against. */
export interface ForestRow {
  label: string;
  /** Beside the label: "n = 120". */
  beside: string;
  value: number | null;
  interval: readonly [number, number] | null;
  /** At the right end: the numbers in words. */
  text: string;
  references: readonly { label: string; value: number }[];
}

export interface Forest {
  title: string;
  description: string;
  unit: string;
  rows: readonly ForestRow[];
  /** Marks no difference. */
  zero?: boolean;
}

/** Signs of the yardsticks, in the order of their labels. */
const referenceSigns = ["diamond", "triangle", "rect", "arrow"] as const;
export const referenceLabels = (rows: readonly ForestRow[]): string[] => [
  ...new Set(rows.flatMap(({ references }) => references.map(({ label }) => label))),
];

/** A forest plot for wide and for narrow pages: a square for each mean, a line for its interval, open signs for yardsticks. */
export const forestChart = (forest: Forest): Promise<Html[]> =>
  chartPair(
    (narrow) => ({ option: option(forest, narrow), height: forest.rows.length * rowHeight(narrow) + 62 }),
    forest,
  );

const rowHeight = (narrow: boolean): number => (narrow ? 72 : 40);

/** A number of the axis without the zeros that say how exactly a mean is known: 5, 10, 0.1. */
export const tick = (value: number): string => String(Number(value.toPrecision(6))).replace("-", "\u2212");

function option({ rows, unit, zero = false }: Forest, narrow: boolean) {
  const text = chartText(narrow);
  const all = rows.flatMap(({ value, interval, references }) => [
    ...(value === null ? [] : [value]),
    ...(interval ?? []),
    ...references.map(({ value: reference }) => reference),
    ...(zero ? [0] : []),
  ]);
  const [low, high] = all.length === 0 ? [0, 1] : [Math.min(...all), Math.max(...all)];
  const margin = (high - low || Math.abs(high) || 1) * 0.08;
  // A share or a sum begins at 0, and says so; a difference has room on both sides of it.
  const fromZero = !zero && low >= 0 && low - margin < 0;
  const labels = referenceLabels(rows);
  // From the top down, as a table is read.
  const at = (row: number): number => rows.length - 1 - row;
  return {
    textStyle: text,
    graphic: rows.flatMap((row, index) => words(row, index, narrow)),
    grid: { left: narrow ? 8 : 250, right: narrow ? 8 : 190, top: narrow ? 16 : 6, bottom: narrow ? 46 : 56 },
    xAxis: {
      type: "value",
      min: fromZero ? 0 : low - margin,
      max: high + margin,
      axisLabel: { ...text, formatter: tick, showMinLabel: fromZero, showMaxLabel: false, hideOverlap: true },
      axisLine: { show: true, onZero: false, lineStyle: { color: "var(--soft)" } },
      splitLine: { lineStyle: { color: "var(--line)" } },
      splitNumber: narrow ? 4 : 6,
      ...axisName(unit, 30, narrow),
    },
    yAxis: {
      type: "value",
      min: -0.5,
      max: rows.length - 0.5,
      show: false,
    },
    series: [
      ...rows.flatMap((row, index) => [
        ...(row.interval
          ? [
              {
                type: "line",
                silent: true,
                data: row.interval.map((limit) => [limit, at(index)]),
                symbol: "rect",
                symbolSize: [1.6, 11],
                itemStyle: { color: "var(--ink)" },
                lineStyle: { color: "var(--ink)", width: 1.6 },
              },
            ]
          : []),
        {
          type: "scatter",
          silent: true,
          symbol: "rect",
          symbolSize: row.value === null ? 0 : 9,
          itemStyle: { color: "var(--accent)", borderColor: "var(--paper)", borderWidth: 1 },
          data: [[row.value ?? low, at(index)]],
        },
      ]),
      ...labels.map((name, index) => ({
        type: "scatter",
        silent: true,
        symbol: referenceSigns[index % referenceSigns.length],
        symbolSize: 11,
        itemStyle: { color: "var(--paper)", borderColor: "var(--ink)", borderWidth: 1.4 },
        data: rows.flatMap(({ references }, index) =>
          references.filter(({ label }) => label === name).map(({ value }) => [value, at(index) - 0.02]),
        ),
      })),
      ...(zero
        ? [
            {
              type: "line",
              silent: true,
              symbol: "none",
              data: [
                [0, -0.5],
                [0, rows.length - 0.5],
              ],
              lineStyle: { color: "var(--ink)", width: 1, type: "dashed" },
            },
          ]
        : []),
    ],
  };
}

/** Name and n at the left, the numbers at the right; on narrow pages in a line above the mark. */
function words({ label, beside, text }: ForestRow, index: number, narrow: boolean) {
  const height = rowHeight(narrow);
  const middle = narrow ? 16 + index * height + 8 : 6 + index * height + height / 2;
  const most = narrow ? 24 : 36;
  const written = (style: object) => ({
    type: "text",
    silent: true,
    style: { font: `${narrow ? 12 : 13}px sans-serif`, verticalAlign: "middle", ...style },
  });
  const name = label.length > most ? `${label.slice(0, most - 1)}…` : label;
  return [
    written({
      ...{ x: 0, y: narrow ? middle : middle - 8, text: name, fill: "var(--ink)" },
      ...(narrow && { fontWeight: 600 }),
    }),
    written({ x: 0, y: narrow ? middle + 15 : middle + 9, text: beside, fill: "var(--soft)" }),
    written({ x: chartWidth(narrow), y: middle, align: "right", text, fill: "var(--ink)" }),
  ];
}
