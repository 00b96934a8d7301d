import { chartSvg } from "../../evals/page/chart.js";
import { type Html, html } from "../../evals/page/html.js";
import { describeMood } from "../../memory/mood.js";
import type { TracedRun } from "../traces/traced-run.js";
import { affectCells } from "./numbers.js";

/** Where the curve of the conversation stands that a turn belongs to. */
export const anchorOfMood = (anchor: string): string => `${anchor.split("-")[0]}-mood`;

/** A turn of a conversation, with its number. */
export interface NumberedTurn {
  number: number;
  anchor: string;
  run: TracedRun;
}

/** The mood through a conversation: line for the mood after each turn, marks for each turn's feeling; and the same as a table. */
export async function moodChart(turns: readonly NumberedTurn[], name: string): Promise<Html | undefined> {
  const told = turns.filter(({ run }) => run.moodAfter !== undefined);
  const [first, last] = [told[0], told.at(-1)];
  if (first?.run.moodAfter === undefined || last?.run.moodAfter === undefined || told.length < 2)
    return undefined;
  const title = `Mood of ${name} through the conversation`;
  const description = `From ${describeMood(first.run.moodAfter)} after turn ${first.number} to ${describeMood(last.run.moodAfter)} after turn ${last.number}. The table below holds every value.`;
  const draw = (width: number, height: number, className: string) =>
    chartSvg(option(turns, width), { width, height, title, description, className });
  const [wide, narrow] = await Promise.all([draw(752, 300, "wide"), draw(348, 330, "narrow")]);
  return html`<figure id="${anchorOfMood(first.anchor)}">${wide}${narrow}<figcaption class="small soft">Line: the mood after each turn. Diamonds: the feeling that each message stirred. Valence is how pleasant it is, arousal how strongly it stirs.</figcaption></figure>
<details><summary>The mood as a table</summary>${table(told)}</details>`;
}

function table(turns: readonly NumberedTurn[]): Html {
  const row = ({ number, anchor, run: { moodAfter: mood, feeling } }: NumberedTurn) =>
    html`<tr><th scope="row"><a href="#${anchor}">Turn ${number}</a></th><td>${mood && describeMood(mood)}</td>${affectCells(mood)}${affectCells(feeling)}</tr>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Mood by turn"><table><thead><tr><th scope="col">After</th><th scope="col">Mood</th><th scope="col" class="number">Valence</th><th scope="col" class="number">Arousal</th><th scope="col" class="number">Valence felt</th><th scope="col" class="number">Arousal felt</th></tr></thead><tbody>${turns.map(row)}</tbody></table></div>`;
}

/** Two panels under each other on one axis of turns: valence, arousal. */
function option(turns: readonly NumberedTurn[], width: number) {
  const narrow = width < 500;
  const text = { color: "var(--soft)", fontFamily: "inherit", fontSize: narrow ? 11 : 12 };
  const numbers = turns.map(({ number }) => String(number));
  const left = 46;
  const panels = [
    {
      name: "Valence",
      of: "valence",
      min: -1,
      max: 1,
      top: 28,
      height: 110,
      ends: ["unpleasant", "pleasant"],
    },
    { name: "Arousal", of: "arousal", min: 0, max: 1, top: 178, height: 76, ends: ["calm", "stirred"] },
  ] as const;
  return {
    textStyle: text,
    title: panels.map(({ name, ends, top }) => ({
      text: `${name}: ${ends[0]} to ${ends[1]}`,
      left: 0,
      top: top - 26,
      textStyle: { ...text, color: "var(--ink)", fontWeight: 500 },
    })),
    grid: panels.map(({ top, height }) => ({ left, right: 12, top, height })),
    xAxis: panels.map((_panel, gridIndex) => ({
      gridIndex,
      type: "category",
      data: numbers,
      axisLine: { onZero: true, lineStyle: { color: "var(--soft)" } },
      axisTick: { show: false },
      axisLabel: {
        ...text,
        show: gridIndex === 1,
        interval: Math.max(0, Math.ceil(turns.length / (narrow ? 8 : 15)) - 1),
      },
      ...(gridIndex === 1 && { name: "turn", nameLocation: "middle", nameGap: 24, nameTextStyle: text }),
    })),
    yAxis: panels.map(({ min, max }, gridIndex) => ({
      gridIndex,
      min,
      max,
      interval: gridIndex === 0 ? 1 : 0.5,
      axisLabel: { ...text, formatter: (value: number) => String(value).replace("-", "−") },
      splitLine: { lineStyle: { color: "var(--line)" } },
    })),
    series: panels.flatMap(({ of }, index) => [
      {
        type: "line",
        xAxisIndex: index,
        yAxisIndex: index,
        silent: true,
        showSymbol: false,
        data: turns.map(({ run }) => run.moodAfter?.[of] ?? null),
        lineStyle: { color: "var(--accent)", width: 2.5 },
      },
      {
        type: "scatter",
        xAxisIndex: index,
        yAxisIndex: index,
        silent: true,
        symbol: "diamond",
        symbolSize: 8,
        data: turns.map(({ run }) => run.feeling?.[of] ?? null),
        itemStyle: { color: "var(--paper)", borderColor: "var(--ink)", borderWidth: 1.2 },
      },
    ]),
  };
}
