import { capitalised, several, whole } from "../../../data/words.js";
import { type Html, html } from "../../page/html.js";
import type { ConditionResult, MeasuredResult, MeasureResult, Results } from "../analysis/results.js";
import { isUndefined, undefinedText } from "../statistics/undefined-because.js";
import { distributionChart, rangeText } from "./distribution-chart.js";
import { type ForestRow, forestChart, referenceLabels } from "./forest-chart.js";
import { figure, figureOrWhy, intervalText, leftOutText } from "./numbers.js";
import { dataTable } from "./table-view.js";

const signsInText = ["◇", "△", "□", "▷"];
const direction = {
  higher: "Higher is better.",
  lower: "Lower is better.",
  neither: "Neither more nor less is better: the question is how people differ.",
};

/** One measure: its forest plot, its table, and on demand its distribution and the single characters. */
export async function measureView(
  measure: MeasureResult,
  { conditions, confidence }: Results,
): Promise<Html> {
  const labelOf = (id: string): string =>
    conditions.find((each: ConditionResult) => each.id === id)?.label ?? id;
  const rows = measure.conditions.map(
    (measured): ForestRow => forestRow(measured, measure.cluster, labelOf(measured.condition)),
  );
  const title = measure.title;
  const level = `${Math.round(confidence * 100)} %`;
  const charts = await forestChart({
    title,
    description: rows.map(({ label, text, beside }) => `${label}: ${text} (${beside}).`).join(" "),
    unit: measure.unit,
    rows,
  });
  const marks = referenceLabels(rows).map((label, at) => `${signsInText[at % signsInText.length]} ${label}`);
  const drawn = measure.conditions.filter(({ n }) => n > 0);
  const panels = drawn.map(({ condition, distribution }) => ({ label: labelOf(condition), distribution }));
  const distribution = panels.length > 0 ? await distributionChart(panels, measure) : [];
  return html`<section class="measure"><h3>${title}</h3><p class="small soft">${capitalised(measure.unit)}. ${direction[measure.better]}</p>
<figure>${charts}<figcaption class="small soft">Square: mean. Line: ${level} interval.${marks.length > 0 && ` For comparison: ${marks.join("; ")}.`}</figcaption></figure>
${measureTable(measure, labelOf, level)}
${
  panels.length > 0 &&
  html`<details class="aside"><summary>How the values are distributed</summary><figure>${distribution}<figcaption class="small soft">Bars: how many values; the number stands above.</figcaption></figure>${dataTable(
    "Distribution",
    [{ title: "Condition" }, { title: "Value" }, { title: "How many", number: true }],
    panels.flatMap(({ label, distribution: bins }) =>
      bins.map((bin) => [label, rangeText(bin), whole(bin.n)]),
    ),
  )}</details>
<details class="aside"><summary>Every ${measure.cluster}</summary>${dataTable(
    `Every ${measure.cluster}`,
    [
      { title: capitalised(measure.cluster) },
      ...drawn.map(({ condition }) => ({ title: labelOf(condition), number: true })),
    ],
    [...new Set(drawn.flatMap(({ byCharacter }) => byCharacter.map(({ character }) => character)))].map(
      (character) => [
        character,
        ...drawn.map(({ byCharacter }) => {
          const own = byCharacter.find((each) => each.character === character);
          return own ? `${figure(own.mean)} (n = ${own.n})` : null;
        }),
      ],
    ),
  )}</details>`
}</section>`;
}

function forestRow(measured: MeasuredResult, cluster: string, label: string): ForestRow {
  const { mean, interval, intervalBy, references } = measured;
  const limits = intervalText(interval);
  return {
    label,
    beside: countsText(measured, cluster),
    value: isUndefined(mean) ? null : mean,
    interval: isUndefined(interval) ? null : interval,
    text: isUndefined(mean)
      ? "not computed"
      : `${figure(mean)}${limits === null ? "" : ` [${limits}${intervalBy === "wilson" ? ", Wilson" : ""}]`}`,
    references,
  };
}

/** "n = 60: 30 items of 2 subjects", or of whole questionnaires "n = 4 of 2 subjects". */
const countsText = (
  { n, items, characters }: Pick<MeasuredResult, "n" | "items" | "characters">,
  cluster: string,
): string =>
  `n = ${whole(n)}${items > characters ? `: ${whole(items)} items` : ""} of ${several(characters, cluster)}`;

const spreadColumns = [
  ["ofRepeatMeans", "SD of repeats’ means"],
  ["withinItem", "SD within an item"],
  ["overItems", "SD over items"],
  ["overCharacters", "SD over subjects"],
] as const;

function measureTable(measure: MeasureResult, labelOf: (id: string) => string, level: string): Html {
  const referenced = measure.conditions.some(({ references }) => references.length > 0);
  const spreads = spreadColumns.filter(([source]) =>
    measure.conditions.some(({ spread }) => !isUndefined(spread[source])),
  );
  const rows = measure.conditions.map((measured) => {
    const { spread } = measured;
    return [
      labelOf(measured.condition),
      figureOrWhy(measured.mean),
      isUndefined(measured.interval)
        ? undefinedText(measured.interval)
        : html`<span class="number">${intervalText(measured.interval)}</span>${measured.intervalBy === "wilson" && " (Wilson)"}`,
      whole(measured.n),
      whole(measured.items),
      whole(measured.characters),
      leftOutText(measured.leftOut) || "nothing",
      ...spreads.map(([source]) => (isUndefined(spread[source]) ? null : figure(spread[source]))),
      ...(referenced
        ? [measured.references.map(({ label, value }) => `${label}: ${figure(value)}`).join("; ")]
        : []),
    ];
  });
  const { cluster } = measure;
  const wilson = measure.conditions.some(({ intervalBy }) => intervalBy === "wilson");
  return dataTable(
    measure.title,
    [
      { title: "Condition" },
      { title: "Mean", number: true },
      { title: `${level} interval` },
      { title: "n", number: true },
      { title: "Items", number: true },
      { title: `${capitalised(cluster)}s`, number: true },
      { title: "Left out" },
      ...spreads.map(([, name]) => ({ title: name, number: true })),
      ...(referenced ? [{ title: "For comparison" }] : []),
    ],
    rows,
    `n: values, each item counted in every repeat.${wilson ? ` Wilson: all answers were alike, so that resampling them shows no interval; this one takes every answer as independent of the others, which those of one ${cluster} are not, and is then too narrow.` : ""}${spreads.length > 0 ? " SD: standard deviation. That of the repeats’ means tells how far the whole figure moves when everything is done again, that within an item how far single answers do; those over items and over subjects, how far these differ." : ""}${spreads.length < spreadColumns.length ? " A spread that one repeat, one item or one subject cannot show has no column." : ""}`,
  );
}
