import { several, whole } from "../../../data/words.js";
import { type Html, html } from "../../page/html.js";
import type { Comparison } from "../analysis/results.js";
import { isUndefined, undefinedText } from "../statistics/undefined-because.js";
import { type ForestRow, forestChart } from "./forest-chart.js";
import { figure, figureOrWhy, intervalText, leftOutText, probability, signedFigure } from "./numbers.js";
import { dataTable } from "./table-view.js";

/** What is shown of a comparison; in what its sides differ stands elsewhere. */
type Shown = Omit<Comparison, "differsIn">;

/** The comparisons of one measure: second minus first, on the same units. */
export async function comparisonView(
  comparisons: readonly Shown[],
  {
    title,
    unit,
    cluster = "subject",
    labelOf,
    name = ({ first, second }) => `${labelOf(second)} − ${labelOf(first)}`,
    sides = ({ first, second }) => [labelOf(first), labelOf(second)],
  }: {
    title: string;
    unit: string;
    /** What is drawn as a whole: "subject", "data set". @default "subject" */
    cluster?: string;
    labelOf: (id: string) => string;
    /** What a difference is called. @default "second − first" */
    name?: (comparison: Shown) => string;
    /** What its two sides are called. @default the labels of both */
    sides?: (comparison: Shown) => readonly [first: string, second: string];
  },
): Promise<Html> {
  const rows = comparisons.map((comparison): ForestRow => {
    const { difference, interval, pairs, n, units, pHolm, dz } = comparison;
    const limits = intervalText(interval, signedFigure);
    return {
      label: name(comparison),
      beside: [
        several(pairs, "pair"),
        units === "items" ? `items of one ${cluster}` : several(n, cluster),
        ...(isUndefined(pHolm) ? [] : [`p (Holm) ${probability(pHolm)}`]),
        ...(isUndefined(dz) ? [] : [`dz ${signedFigure(dz)}`]),
      ].join(", "),
      value: isUndefined(difference) ? null : difference,
      interval: isUndefined(interval) ? null : interval,
      text: isUndefined(difference)
        ? "not computed"
        : `${signedFigure(difference)}${limits === null ? "" : ` [${limits}]`}`,
      references: [],
    };
  });
  const charts = await forestChart({
    title: `${title}: differences`,
    description: rows.map(({ label, text }) => `${label}: ${text}.`).join(" "),
    unit: `difference, ${unit}`,
    rows,
    zero: true,
  });
  const items = comparisons.some(({ units }) => units === "items");
  return html`<section class="measure"><h4>${title}</h4>
<figure>${charts}<figcaption class="small soft">Square: mean difference. Line: 95 % interval. Dashed: no difference.</figcaption></figure>
<details class="aside"><summary>The numbers</summary>${dataTable(
    `${title}: differences`,
    [
      { title: "Difference" },
      { title: "Mean", number: true },
      { title: "95 % interval" },
      { title: "Pairs", number: true },
      { title: "Left out" },
      { title: items ? "Items" : `${cluster[0]?.toUpperCase()}${cluster.slice(1)}s`, number: true },
      { title: "t (df)", number: true },
      { title: "p", number: true },
      { title: "p, Holm", number: true },
      { title: "dz", number: true },
      { title: "Wilcoxon p", number: true },
      { title: "rank-biserial r", number: true },
    ],
    comparisons.map((comparison) => [
      name(comparison),
      figureOrWhy(comparison.difference, signedFigure),
      isUndefined(comparison.interval)
        ? undefinedText(comparison.interval)
        : html`<span class="number">${intervalText(comparison.interval, signedFigure)}</span>`,
      whole(comparison.pairs),
      leftOutText(comparison.leftOut) || "nothing",
      whole(comparison.n),
      isUndefined(comparison.t)
        ? undefinedText(comparison.t)
        : `${figure(comparison.t)} (${figureOrWhy(comparison.df, whole)})`,
      figureOrWhy(comparison.p, probability),
      figureOrWhy(comparison.pHolm, probability),
      figureOrWhy(comparison.dz, signedFigure),
      figureOrWhy(comparison.wilcoxonP, probability),
      figureOrWhy(comparison.rankBiserial, signedFigure),
    ]),
    items ? oneSubject(cluster) : undefined,
  )}</details>${comparisons.flatMap((comparison) =>
    comparison.mcnemar
      ? html`<p class="small">${name(comparison)}, McNemar’s exact test of one yes or no a subject: ${whole(comparison.mcnemar.firstOnly)} only in ${sides(comparison)[0]}, ${whole(comparison.mcnemar.secondOnly)} only in ${sides(comparison)[1]}, p ${figureOrWhy(comparison.mcnemar.p, probability)}.</p>`
      : [],
  )}</section>`;
}

/** What the tests of one subject, or one data set, tell. */
const oneSubject = (cluster: string): string =>
  `There is one ${cluster} only, and its items are the units of interval and tests. They are taken as independent; trials of one session, as in conformity, are not: each depends on those before it, so that the interval is too narrow and p too small. The result speaks of this ${cluster} alone.`;

/** How to read the comparisons; once a section. */
export const comparisonNote =
  "Two conditions are compared on the same units: pairs of the same subject, item and repeat, both with a value. The interval is by cluster bootstrap. The tests (paired t, and Wilcoxon’s signed ranks) are of the subjects’ mean differences, so that many answers of one subject do not pass for many subjects; with one subject they are of its items, and say so. p, Holm: adjusted for all comparisons of this measure. dz: mean difference in standard deviations of the differences; rank-biserial r: from −1 to 1.";
