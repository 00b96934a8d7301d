import { axisName, chartPair, chartText } from "../../page/chart.js";
import type { Html } from "../../page/html.js";
import type { MeasuredResult } from "../analysis/results.js";
import { figure } from "./numbers.js";

/** How the values of a measure are distributed: a panel of bars a condition, on one axis. */
export async function distributionChart(
  panels: readonly { label: string; distribution: MeasuredResult["distribution"] }[],
  { title, unit }: { title: string; unit: string },
): Promise<Html[]> {
  const description = panels
    .map(({ label, distribution }) => {
      const most = [...distribution].sort((a, b) => b.n - a.n)[0];
      return most ? `${label}: most often ${rangeText(most)} (${most.n} times).` : `${label}: no values.`;
    })
    .join(" ");
  const height = panels.length * 92 + 44;
  return chartPair((narrow) => ({ option: option(panels, unit, narrow), height }), {
    title: `Distribution: ${title}`,
    description,
  });
}

export const rangeText = ({ from, to }: { from: number; to: number }): string =>
  from === to ? figure(from) : `${figure(from)} to ${figure(to)}`;

function option(
  panels: readonly { label: string; distribution: MeasuredResult["distribution"] }[],
  unit: string,
  narrow: boolean,
) {
  const text = chartText(narrow);
  const bins = panels.flatMap(({ distribution }) => distribution);
  const low = Math.min(...bins.map(({ from }) => from));
  const high = Math.max(...bins.map(({ to }) => to));
  const margin = (high - low || 1) * 0.06;
  const width = narrow ? 330 : 700;
  const pixel = (high - low + 2 * margin) / width;
  return {
    textStyle: text,
    title: panels.map(({ label }, at) => ({
      text: label,
      left: 0,
      top: at * 92 + (narrow ? 0 : 36),
      textStyle: {
        ...text,
        color: "var(--ink)",
        fontWeight: 500,
        width: narrow ? 340 : 160,
        overflow: "truncate",
      },
    })),
    grid: panels.map((_panel, at) => ({
      left: narrow ? 8 : 172,
      right: 8,
      top: at * 92 + 24,
      height: 60,
    })),
    xAxis: panels.map((_panel, gridIndex) => ({
      gridIndex,
      type: "value",
      min: low - margin,
      max: high + margin,
      axisLabel: {
        ...text,
        show: gridIndex === panels.length - 1,
        formatter: figure,
        showMinLabel: false,
        showMaxLabel: false,
      },
      axisLine: { show: true, lineStyle: { color: "var(--soft)" } },
      axisTick: { show: false },
      splitLine: { show: false },
      ...(gridIndex === panels.length - 1 && axisName(unit, 26, narrow)),
    })),
    // A custom series does not tell its axis how high it is.
    yAxis: panels.map(({ distribution }, gridIndex) => ({
      gridIndex,
      type: "value",
      show: false,
      min: 0,
      max: Math.max(1, ...distribution.map(({ n }) => n)),
    })),
    series: panels.map(({ distribution }, index) => ({
      type: "custom",
      xAxisIndex: index,
      yAxisIndex: index,
      silent: true,
      encode: { x: [0, 1], y: 2 },
      data: distribution.map(({ from, to, n }) => [from, to, n]),
      renderItem: (
        _params: unknown,
        api: { value(at: number): number; coord(point: readonly number[]): number[] },
      ) => {
        const [from, to, n] = [api.value(0), api.value(1), api.value(2)];
        const half = from === to ? 9 * pixel : 0;
        const [x = 0, y = 0] = api.coord([from - half, n]);
        const [right = 0, bottom = 0] = api.coord([to + half, 0]);
        const width = right - x - (from === to ? 0 : 1);
        const text = n === 0 ? "" : String(n);
        const centred = { x: (x + right) / 2, y: y - 3, align: "center", verticalAlign: "bottom" };
        const bar = { fill: "var(--fill)", stroke: "var(--accent)", lineWidth: 1 };
        return {
          type: "group",
          children: [
            { type: "rect", shape: { x, y, width, height: bottom - y }, style: bar },
            { type: "text", style: { text, ...centred, fill: "var(--ink)", font: "11px sans-serif" } },
          ],
        };
      },
    })),
  };
}
