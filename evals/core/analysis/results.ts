import { z } from "zod";
import { undefinedReasons } from "../statistics/undefined-because.js";

const statuses = ["answered", "refused", "unparsable", "error", "skipped"] as const;
const reasons = Object.keys(undefinedReasons) as (keyof typeof undefinedReasons)[];

/** A statistic without a value: the reason's name, for the words see `undefinedText`. */
const undefinedSchema = z.object({ undefined: z.enum(reasons) });
const orUndefined = <T extends z.ZodType>(schema: T) => z.union([schema, undefinedSchema]);
const number = z.number();
const count = z.int().nonnegative();
/** A number, or why there is none; never 0, NaN or empty in its place. */
export const valueSchema = orUndefined(number);
const interval = orUndefined(z.tuple([number, number]).readonly());
const countsByReason = z.record(z.string(), count);

/** One way in which subjects were put to the instrument, and how its samples ended. */
export const conditionSchema = z.object({
  /** Unique among the conditions of this instrument. */
  id: z.string(),
  /** What tells it from the other conditions of this run, in a few words. */
  label: z.string(),
  method: z.string(),
  model: z.string(),
  framing: z.enum(["friend", "neutral"]),
  arm: z.string(),
  samples: count,
  counts: z.object(Object.fromEntries(statuses.map((status) => [status, count])) as StatusCounts),
  characters: count,
  items: count,
  repeats: count,
  /** Samples in which an agent of the simulacrum failed and the turn went on without it. */
  degraded: count,
  /** Samples with a reply from the response cache. */
  cached: count,
});
type StatusCounts = Record<(typeof statuses)[number], typeof count>;

/** One measure in one condition. */
export const measuredSchema = z.object({
  condition: z.string(),
  /** Units (samples, or whole questionnaires) that have a value: the n of the mean. */
  n: count,
  characters: count,
  /** Different items of the characters; repeats of one item count once. */
  items: count,
  repeats: count,
  /** Units without a value, by reason. */
  leftOut: countsByReason,
  /** Mean of the n values. */
  mean: valueSchema,
  /** Of the mean. */
  interval,
  /**
   * How it was made: percentiles of a cluster bootstrap; or, for yes or no answers that are all alike, Wilson's, which
   * takes answers as independent. Null where there is none.
   */
  intervalBy: z.enum(["bootstrap", "wilson"]).nullable(),
  standardError: valueSchema,
  /** Standard deviations by source: see `Spread`. */
  spread: z.object({
    ofRepeatMeans: valueSchema,
    withinItem: valueSchema,
    overItems: valueSchema,
    overCharacters: valueSchema,
  }),
  /** How many units have a value in [from, to], or exactly this value where `from` equals `to`. */
  distribution: z.array(z.object({ from: number, to: number, n: count })),
  /** Mean of each character, and of how many units. */
  byCharacter: z.array(z.object({ character: z.string(), n: count, mean: number })),
  references: z.array(z.object({ label: z.string(), value: number })),
});

export const measureSchema = z.object({
  id: z.string(),
  title: z.string(),
  unit: z.string(),
  better: z.enum(["higher", "lower", "neither"]),
  /** What is counted under `characters` and drawn by the bootstrap: "subject", "data set". */
  cluster: z.string(),
  conditions: z.array(measuredSchema),
});

/** Two conditions on the same units: second minus first. */
export const comparisonSchema = z.object({
  measure: z.string(),
  /** In what alone the two differ. */
  differsIn: z.enum(["method", "model"]),
  first: z.string(),
  second: z.string(),
  /** Units (character, item, repeat) with a value on both sides. */
  pairs: count,
  leftOut: countsByReason,
  /** Means over the pairs, and of their differences (second minus first). */
  meanFirst: valueSchema,
  meanSecond: valueSchema,
  difference: valueSchema,
  /** Of the difference, by cluster bootstrap; none where no difference varies. */
  interval,
  /** What the tests take as independent: characters' mean differences, or the items of the one character there is. */
  units: z.enum(["characters", "items"]),
  n: count,
  /** Mean difference of these units, with its paired t-test. */
  meanOfUnits: valueSchema,
  t: valueSchema,
  df: valueSchema,
  p: valueSchema,
  tInterval: interval,
  dz: valueSchema,
  /** Wilcoxon's signed-rank test of the same differences. */
  wilcoxonP: valueSchema,
  rankBiserial: valueSchema,
  /** p by Holm over all comparisons of this measure. */
  pHolm: valueSchema,
  /** McNemar's exact test, where every character answered yes or no once. */
  mcnemar: z.object({ firstOnly: count, secondOnly: count, p: valueSchema }).nullable(),
});

const cell = z.union([z.string(), number, z.null()]);
export const tableSchema = z.object({
  id: z.string(),
  title: z.string(),
  columns: z.array(z.object({ id: z.string(), title: z.string() })),
  rows: z.array(z.record(z.string(), cell)),
  note: z.string().optional(),
  chart: z
    .object({
      kind: z.enum(["line", "bar"]),
      x: z.string(),
      y: z.array(z.string()),
      series: z.string().optional(),
    })
    .optional(),
});

const tokens = { calls: count, reasks: count, inputTokens: count, outputTokens: count };
/** Calls and tokens of one role in one condition. */
export const usageSchema = z.object({
  /** Null where the samples of a broken session are gone and its condition is not known. */
  condition: z.string().nullable(),
  role: z.string(),
  /** The model that was called; null where it is not known. */
  model: z.string().nullable(),
  ...tokens,
  /** Of the calls, those whose samples were put again after a broken session. */
  supersededCalls: count,
  /** What it cost at the given prices, in their currency; null without a price for the model. */
  cost: number.nullable(),
});

/** Something that a reader must know before trusting a number. */
export const warningSchema = z.object({
  kind: z.enum([
    "few-subjects",
    "errors",
    "refusals",
    "unparsable",
    "degraded",
    "cached",
    "outdated",
    "nothing",
  ]),
  text: z.string(),
});

/** Every number of one instrument in one run. */
export const resultsSchema = z.object({
  version: z.literal(1),
  instrument: z.object({
    name: z.string(),
    version: z.string(),
    title: z.string(),
    about: z.array(z.string()),
  }),
  seed: z.string(),
  /** Resamples of every bootstrap, and the confidence of every interval. */
  resamples: count,
  confidence: number,
  samples: count,
  conditions: z.array(conditionSchema),
  measures: z.array(measureSchema),
  comparisons: z.array(comparisonSchema),
  tables: z.array(tableSchema),
  usage: z.array(usageSchema),
  /** Sum of what has a price; null where no prices were given. */
  money: z
    .object({
      currency: z.string(),
      amount: number,
      /** Models that were called and have no price: their cost is not in the amount. */
      notPriced: z.array(z.string()),
    })
    .nullable(),
  /** Calls that the response cache answered; they are in the tokens, not in the latency. */
  cachedCalls: count,
  /** Milliseconds from putting an item to its reply, without replies from the cache. */
  latency: z.array(z.object({ condition: z.string(), n: count, median: valueSchema, p90: valueSchema })),
  /** Share of samples in error or skipped, and the share above which a run has failed. */
  errorRate: valueSchema,
  errorLimit: number,
  failed: z.boolean(),
  warnings: z.array(warningSchema),
});

/** `results.json`: all instruments of a run. */
export const runResultsSchema = z.object({ version: z.literal(1), instruments: z.array(resultsSchema) });

export type Value = z.infer<typeof valueSchema>;
export type ConditionResult = z.infer<typeof conditionSchema>;
export type MeasuredResult = z.infer<typeof measuredSchema>;
export type MeasureResult = z.infer<typeof measureSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
export type TableResult = z.infer<typeof tableSchema>;
export type UsageResult = z.infer<typeof usageSchema>;
export type Warning = z.infer<typeof warningSchema>;
export type Results = z.infer<typeof resultsSchema>;
export type RunResults = z.infer<typeof runResultsSchema>;
