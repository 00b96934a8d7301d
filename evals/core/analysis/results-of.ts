import type { Instrument, Sample } from "../contract.js";
import { tablesOf } from "../instrument-fault.js";
import type { Superseded } from "../ledger.js";
import type { PriceTable, RoleModels } from "../prices.js";
import { quantile } from "../statistics/interval.js";
import { undefinedBecause } from "../statistics/undefined-because.js";
import { comparisonsOf } from "./comparisons.js";
import { byCondition, type ConditionSamples, currentSamples, describeConditions } from "./conditions.js";
import { measured, type Resampling } from "./measured.js";
import { type Results, resultsSchema } from "./results.js";
import { usageOf } from "./usage-and-money.js";
import { warningsOf } from "./warnings.js";

/** Share of samples in error above which a run has failed, where none is stated. */
export const ERROR_LIMIT = 0.05;

/** What the numbers of an instrument are made from. */
export interface ResultsRequest {
  instrument: Pick<Instrument, "name" | "version" | "title" | "about" | "measures" | "tables">;
  /** The ledger's samples of this instrument, with or without minds. */
  samples: Iterable<Sample>;
  /** What broken sessions of this instrument had cost. */
  superseded: readonly Superseded[];
  /** Decides the resamples of every bootstrap. */
  seed: string;
  /** @default 2000 */
  resamples?: number | undefined;
  /** Without it, no money is counted. */
  prices?: PriceTable | null | undefined;
  /** Models of the agents and embeddings, where they are others than the condition's. */
  roleModels?: RoleModels | undefined;
  /** Share of samples in error or skipped, between 0 and 1, above which the run has failed. @default 0.05 */
  errorLimit?: number | undefined;
}

/**
 * Every number that a report of one instrument prints. Pure: the same samples and seed give the same numbers, in whatever
 * order the samples come.
 */
export function resultsOf(request: ResultsRequest): Results {
  const { instrument, superseded, seed, resamples = 2_000, errorLimit = ERROR_LIMIT } = request;
  const { roleModels = { agentModel: null, embeddings: null } } = request;
  const all = [...request.samples];
  const { current, outdated } = currentSamples(all);
  const groups = byCondition(current);
  const resampling: Resampling = { seed, resamples, confidence: 0.95 };
  const conditions = describeConditions(groups);
  const measures = instrument.measures
    .map((measure) => ({
      id: measure.id,
      title: measure.title,
      unit: measure.unit,
      better: measure.better,
      cluster: measure.cluster ?? "subject",
      // Not every measure has units in every condition: a control arm may have none.
      conditions: groups.flatMap(({ id, samples }) => measured(measure, id, samples, resampling) ?? []),
    }))
    .filter(({ conditions }) => conditions.length > 0);
  const failed = current.filter(({ status }) => status === "error" || status === "skipped").length;
  const errorRate = current.length === 0 ? null : failed / current.length;
  // Sorted as the conditions are, so that no table depends on the order in which samples were written.
  const ordered = groups.flatMap(({ samples }) => samples);
  const results = {
    version: 1 as const,
    instrument: {
      name: instrument.name,
      version: instrument.version,
      title: instrument.title,
      about: [...instrument.about],
    },
    seed,
    resamples,
    confidence: resampling.confidence,
    samples: current.length,
    conditions,
    measures,
    comparisons: instrument.measures.flatMap((measure) => comparisonsOf(measure, groups, resampling)),
    tables: ordered.length === 0 ? [] : tablesOf(instrument, ordered),
    ...usageOf(all, superseded, request.prices ?? null, roleModels),
    cachedCalls: all.reduce((sum, { cachedCalls }) => sum + cachedCalls, 0),
    latency: groups.map(latencyOf),
    errorRate: errorRate ?? undefinedBecause("empty"),
    errorLimit,
    failed: errorRate !== null && errorRate > errorLimit,
    warnings: warningsOf({ conditions, measures, errorRate, errorLimit, outdated: outdated.length }),
  };
  return resultsSchema.parse(results);
}

function latencyOf({ id, samples }: ConditionSamples): Results["latency"][number] {
  const times = Float64Array.from(samples.flatMap(({ latencyMs }) => latencyMs ?? [])).sort();
  const at = (share: number) => (times.length === 0 ? undefinedBecause("empty") : quantile(times, share));
  return { condition: id, n: times.length, median: at(0.5), p90: at(0.9) };
}
