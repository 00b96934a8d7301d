import { inOrder, normalised, totalVariation } from "./distributions.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "./undefined-because.js";
import { type Missing, mean } from "./values.js";

/** One question put to one group: the weights of the human answers and of the simulated ones, by option. */
export interface SimbenchCase {
  readonly dataset: string;
  /** Names every option that was offered. */
  readonly human: Readonly<Record<string, number>>;
  /** Null without an answer; an option not named has no weight. */
  readonly model: Missing<Readonly<Record<string, number>>>;
}

export interface SimbenchOptions {
  /** `published` is the arithmetic of the authors' script. @default "corrected" */
  variant?: "corrected" | "published";
  /** Norms of whole data sets, where the cases are a sample of them; they win over computed ones. */
  norms?: Readonly<Record<string, number>> | undefined;
}

/** The score of one case; distances are total variations between 0 and 1. */
export interface SimbenchCaseScore {
  /** Between the human and the simulated answer. */
  readonly totalVariation: OrUndefined<number>;
  /** Between the human and a uniform answer. */
  readonly uniformTotalVariation: OrUndefined<number>;
  /** 100 for the human answer itself; may be far below 0. */
  readonly score: OrUndefined<number>;
}

export interface SimbenchScore {
  /** Mean over the scored cases, not over data sets. */
  readonly score: OrUndefined<number>;
  readonly scored: number;
  readonly notScored: number;
  /** The distance that scores 0 in each data set. */
  readonly norms: Readonly<Record<string, OrUndefined<number>>>;
  readonly byDataset: Readonly<
    Record<string, { readonly score: OrUndefined<number>; readonly scored: number }>
  >;
  /** In the order of the cases. */
  readonly cases: readonly SimbenchCaseScore[];
}

const noCase = undefinedBecause("no-scored-case");

type Distances = Omit<SimbenchCaseScore, "score">;

function distancesOf({ human, model }: SimbenchCase, published: boolean): Distances {
  const options = Object.keys(human);
  const none = (reason: "one-option" | "no-human-mass" | "negative-weight"): Distances => ({
    totalVariation: undefinedBecause(reason),
    uniformTotalVariation: undefinedBecause(reason),
  });
  const people = normalised(Object.values(human));
  if (isUndefined(people))
    return none(people.undefined === "negative-weight" ? "negative-weight" : "no-human-mass");
  if (options.length === 1 && !published) return none("one-option");
  const uniform = options.map(() => 1 / options.length);
  return {
    totalVariation: distanceOfAnswer(people, model, options, published),
    uniformTotalVariation:
      options.length === 1 ? undefinedBecause("one-option") : totalVariation(people, uniform),
  };
}

function distanceOfAnswer(
  people: readonly number[],
  model: SimbenchCase["model"],
  options: readonly string[],
  published: boolean,
): OrUndefined<number> {
  if (model === null) return undefinedBecause("no-answer");
  const weights = inOrder(model, options);
  if (isUndefined(weights)) return weights;
  const answer = normalised(weights);
  if (!isUndefined(answer)) return totalVariation(people, answer);
  // The authors leave an answer that sums to 0 a list of zeros, which is half a distance from everything.
  return published && answer.undefined === "no-mass" ? totalVariation(people, weights) : answer;
}

const definedValues = (values: readonly OrUndefined<number>[]): number[] =>
  values.filter((value): value is number => !isUndefined(value));

/** The mean over what is defined. */
function meanOfScored(scores: readonly OrUndefined<number>[]): OrUndefined<number> {
  const scored = definedValues(scores);
  return scored.length === 0 ? undefinedBecause("no-scored-case") : mean(scored);
}

function scoreOf({ totalVariation: distance }: Distances, norm: OrUndefined<number>): OrUndefined<number> {
  if (isUndefined(distance)) return distance;
  if (isUndefined(norm)) return norm;
  return norm > 0 ? 100 * (1 - distance / norm) : undefinedBecause("norm-zero");
}

/**
 * SimBench's score: 100 (1 - TV / norm of the data set), the norm being the mean distance between the human and
 * the uniform answer over the cases of the data set, also those without a scorable answer. Hu et al. 2025.
 * `corrected` never scores what was not answered; `published` gives an answer without weight a distance of 0.5 and
 * scores a case of one option against the norm of the others.
 * Undefined: `empty`, `no-scored-case`; a case `no-answer`, `no-mass`, `unknown-option`, `negative-weight`,
 * `one-option`, `no-human-mass` or `norm-zero`.
 */
export function simbenchScore(
  cases: readonly SimbenchCase[],
  { variant = "corrected", norms: given = {} }: SimbenchOptions = {},
): OrUndefined<SimbenchScore> {
  if (cases.length === 0) return undefinedBecause("empty");
  const distances = cases.map((one) => distancesOf(one, variant === "published"));
  const datasets = [...new Set(cases.map(({ dataset }) => dataset))];
  const indicesOf = (dataset: string) =>
    cases.flatMap((one, index) => (one.dataset === dataset ? [index] : []));
  const normOf = (dataset: string): OrUndefined<number> => {
    const uniform = indicesOf(dataset).map((index) => distances[index]?.uniformTotalVariation ?? noCase);
    const norm = Object.hasOwn(given, dataset) ? (given[dataset] ?? 0) : meanOfScored(uniform);
    return !isUndefined(norm) && Math.abs(norm) <= 1e-12 ? 0 : norm;
  };
  const norms = new Map(datasets.map((dataset) => [dataset, normOf(dataset)]));
  const scored = distances.map((one, index) => ({
    ...one,
    score: scoreOf(one, norms.get(cases[index]?.dataset ?? "") ?? noCase),
  }));
  const scores = scored.map(({ score }) => score);
  const scoredCount = definedValues(scores).length;
  const byDataset = datasets.map((dataset) => {
    const own = indicesOf(dataset).map((index) => scores[index] ?? noCase);
    return [dataset, { score: meanOfScored(own), scored: definedValues(own).length }] as const;
  });
  return {
    score: meanOfScored(scores),
    scored: scoredCount,
    notScored: cases.length - scoredCount,
    norms: Object.fromEntries(norms),
    byDataset: Object.fromEntries(byDataset),
    cases: scored,
  };
}
