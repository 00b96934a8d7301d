import type {
  Category,
  Level,
  Missing,
  PairOfValues,
  RatingLabel,
  ReverseKeys,
  TwoByTwo,
} from "../../../../evals/core/statistics/index.js";
import * as statistics from "../../../../evals/core/statistics/index.js";
import { isUndefined, type OrUndefined } from "../../../../evals/core/statistics/undefined-because.js";

type Values = readonly Missing<number>[];
type Labels = readonly string[];
type Table = readonly (readonly Missing<number>[])[];
interface Confident {
  confidence?: number;
}
interface XY {
  x: Values;
  y: Values;
  rankingA?: Labels;
  rankingB?: Labels;
}

/** Values or rankings, as two lists of values. */
function xy({ x, y, rankingA, rankingB }: XY): OrUndefined<{ x: Values; y: Values }> {
  return rankingA && rankingB ? statistics.placesOfLabels(rankingA, rankingB) : { x, y };
}

type Row = number | PairOfValues;

/** The statistics by the names the cases give them; a case's rows are of the shape its statistic takes. */
const ofRows: Record<string, (rows: readonly never[]) => OrUndefined<number>> = {
  mean: statistics.meanOf,
  median: statistics.medianOf,
  meanDifference: statistics.meanDifferenceOf,
  pearson: statistics.correlationOf,
};

const isComplete = (row: Missing<Row> | Values): boolean =>
  Array.isArray(row) ? !row.includes(null) : row !== null;

function bootstrap(
  { data, indices }: { data: readonly Row[]; indices?: number[][] },
  { statistic, ...options }: { statistic: string } & Confident & { resamples?: number },
): unknown {
  const compute = ofRows[statistic];
  if (!compute) throw new Error(`There is no statistic "${statistic}" to bootstrap.`);
  const found = statistics.bootstrap(
    data.filter(isComplete),
    (rows: readonly Row[]) => compute(rows as readonly never[]),
    indices ? { ...options, indices } : options,
  );
  return firstReplicates(found);
}

/** The first ten replicates when there are more than sixty: so the cases list them. */
function firstReplicates(found: OrUndefined<{ replicateValues: readonly number[] }>): unknown {
  if (isUndefined(found)) return found;
  const { replicateValues } = found;
  return {
    ...found,
    replicateValues: replicateValues.length > 60 ? replicateValues.slice(0, 10) : replicateValues,
  };
}

type Run = (input: never, options: never) => unknown;

/** How each file's input and options go into our functions: names and shapes only, no arithmetic. */
export const referenceTable: Readonly<Record<string, Run>> = {
  auroc: ({ labels, scores }: { labels: Values; scores: Values }) => statistics.auroc(labels, scores),
  bootstrap,
  "cluster-bootstrap": (
    { characters, resamples }: { characters: { items: Values }[]; resamples?: statistics.ClusterResample[] },
    options: statistics.ClusterBootstrapOptions,
  ) =>
    firstReplicates(statistics.clusterBootstrap(characters, resamples ? { ...options, resamples } : options)),
  "cohen-kappa": (
    { a, b, table }: { a: Missing<Category>[]; b: Missing<Category>[]; table?: number[][] },
    options: statistics.CohenOptions & { categories?: Category[] },
  ) => (table ? statistics.cohenKappaOfTable(table, options) : statistics.cohenKappa(a, b, options)),
  "conformity-rate": (
    { subjects }: { subjects: { trials: statistics.ConformityTrial[] }[] },
    options: Confident,
  ) => statistics.conformityRate(subjects, options),
  "cronbach-alpha": ({ responses }: { responses: Table }, options: Partial<ReverseKeys>) => {
    const { reverse, min, max } = options;
    const keys = reverse && min !== undefined && max !== undefined ? { reverse, min, max } : undefined;
    return statistics.cronbachAlpha(responses, keys);
  },
  distributions: (
    { p, q, optionsOffered }: { p: statistics.Weights; q: statistics.Weights; optionsOffered?: string[] },
    { positions }: { positions?: number[] },
  ) => statistics.compareDistributions(p, q, { optionsOffered, positions }),
  "effect-sizes": ({ a, b }: { a: Values; b: Values }) => statistics.effectSizes(a, b),
  "fisher-exact": ({ table }: { table: TwoByTwo }) => statistics.fisherExact(table),
  "fleiss-kappa": ({ counts }: { counts: number[][] }) => statistics.fleissKappa(counts),
  icc: ({ ratings }: { ratings: Table }, options: Confident) => statistics.icc(ratings, options),
  "kendall-tau-b": (input: XY) => {
    const values = xy(input);
    return isUndefined(values) ? values : statistics.kendallTauB(values.x, values.y);
  },
  "krippendorff-alpha": (
    { ratings }: { ratings: Missing<RatingLabel>[][] },
    { level, order }: { level: Level; order?: RatingLabel[] },
  ) => statistics.krippendorffAlpha(ratings, level, order),
  mcnemar: (input: { table?: TwoByTwo; first: Missing<boolean>[]; second: Missing<boolean>[] }) => {
    const table = input.table ?? statistics.pairedTable(input.first, input.second);
    return isUndefined(table) ? table : statistics.mcnemar(table);
  },
  "mcnemar-power": (
    input: statistics.Discordance & statistics.PowerOptions & { n?: number; power?: number },
    options: statistics.PowerOptions,
  ) => {
    const both = { ...options, alpha: input.alpha, alternative: input.alternative ?? options.alternative };
    if (input.n !== undefined) return statistics.mcnemarPower(input, input.n, both);
    return statistics.pairsForMcnemar(input, input.power ?? Number.NaN, both);
  },
  "multiple-comparisons": ({ p }: { p: Values }, { alpha }: { alpha?: number }) =>
    statistics.adjustedP(p, alpha),
  "paired-t": ({ a, b }: { a: Values; b: Values }, options: Confident) => statistics.pairedT(a, b, options),
  "paired-t-power": (
    input: statistics.PowerOptions & { dz: number; n?: number; power?: number },
    options: statistics.PowerOptions,
  ) => {
    const both = { ...options, alpha: input.alpha, alternative: input.alternative ?? options.alternative };
    if (input.n === undefined) return statistics.pairsForPower(input.dz, input.power ?? Number.NaN, both);
    const power = statistics.pairedTPower(input.dz, input.n, both);
    return isUndefined(power) ? power : { power };
  },
  pearson: ({ x, y }: XY, options: Confident) => statistics.pearson(x, y, options),
  "proportion-difference": (
    { first, second }: { first: statistics.CountOf; second: statistics.CountOf },
    options: Confident,
  ) => statistics.proportionDifference(first, second, options),
  "proportion-interval": ({ successes, n }: { successes: number; n: number }, options: Confident) =>
    statistics.proportionInterval(successes, n, options),
  "ranking-quality": (
    { ranked, relevant }: { ranked: string[]; relevant: statistics.Relevant },
    options: statistics.RankingOptions,
  ) => statistics.rankingQuality(ranked, relevant, options),
  "ranking-quality-mean": (
    { queries }: { queries: { ranked: string[]; relevant: statistics.Relevant }[] },
    options: statistics.RankingOptions,
  ) => statistics.meanRankingQuality(queries, options),
  "simbench-score": ({ cases }: { cases: statistics.SimbenchCase[] }, options: statistics.SimbenchOptions) =>
    statistics.simbenchScore(cases, options),
  spearman: (input: XY) => {
    const values = xy(input);
    return isUndefined(values) ? values : statistics.spearman(values.x, values.y);
  },
  "spearman-brown": (input: { reliability: number; factor?: number; target?: number }) => {
    if (input.factor === undefined) {
      const factor = statistics.lengthFactorFor(input.reliability, input.target ?? Number.NaN);
      return isUndefined(factor) ? factor : { factor };
    }
    const reliability = statistics.spearmanBrown(input.reliability, input.factor);
    return isUndefined(reliability) ? reliability : { reliability };
  },
  "standard-error-of-measurement": (
    { sd, reliability, score }: { sd: number; reliability: number; score?: Missing<number> },
    options: Confident,
  ) => {
    const sem = statistics.standardErrorOfMeasurement(sd, reliability);
    if (isUndefined(sem) || score === undefined || score === null) return isUndefined(sem) ? sem : { sem };
    return { sem, scoreInterval: statistics.scoreInterval(score, sem, options) };
  },
  "test-retest": ({ first, second }: { first: Values; second: Values }, options: Confident) =>
    statistics.testRetest(first, second, options),
  "welch-t": ({ a, b }: { a: Values; b: Values }, options: Confident) => statistics.welchT(a, b, options),
  "wilcoxon-signed-rank": (input: { a: Values; b: Values; differences?: Values }) =>
    input.differences
      ? statistics.wilcoxonSignedRank(input.differences)
      : statistics.wilcoxonOfPairs(input.a, input.b),
};

/** Files of cases whose statistic a project may leave out, and this one does. */
export const notOffered = ["mcdonald-omega-total"];
