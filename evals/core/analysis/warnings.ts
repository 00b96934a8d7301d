import { percent, several } from "../../../data/words.js";
import { groupBy } from "../grouping.js";
import type { ConditionResult, MeasureResult, Warning } from "./results.js";

/** Under so many subjects, intervals by bootstrap are too narrow and tests find little. */
export const FEWEST_SUBJECTS = 10;
/** Share of samples that may end refused, unparsable or degraded before a reader is warned. */
const NOTABLE = 0.1;

/** What a reader must know before trusting a number, in plain words. */
export function warningsOf({
  conditions,
  measures,
  errorRate,
  errorLimit,
  outdated,
}: {
  conditions: readonly ConditionResult[];
  measures: readonly MeasureResult[];
  errorRate: number | null;
  errorLimit: number;
  outdated: number;
}): Warning[] {
  const warnings: Warning[] = [];
  const warn = (kind: Warning["kind"], text: string) => warnings.push({ kind, text });
  if (errorRate === null) {
    warn("nothing", "There are no samples yet: nothing could be computed.");
    return warnings;
  }
  if (errorRate > errorLimit)
    warn(
      "errors",
      `${percent(errorRate)} of the samples ended in error or were skipped after one; at most ${percent(errorLimit)} were allowed. This run has failed: find the cause in the samples with status “error”, then run the same command again to fill the gaps.`,
    );
  else if (errorRate > 0)
    warn(
      "errors",
      `${percent(errorRate)} of the samples ended in error or were skipped after one. They are in no mean; running the same command again fills the gaps.`,
    );
  for (const text of fewestOf(measures, conditions)) warn("few-subjects", text);
  for (const { label, samples, counts, degraded, cached } of conditions) {
    const share = (count: number): number => (samples === 0 ? 0 : count / samples);
    if (share(counts.refused) > NOTABLE)
      warn(
        "refusals",
        `${label}: ${percent(share(counts.refused))} of the samples were refused (${several(counts.refused, "sample")}). Where “left out” beside a mean names them, it speaks of the others only; where it does not, they are counted as the measure says (in a sum of points: as 0).`,
      );
    if (share(counts.unparsable) > NOTABLE)
      warn(
        "unparsable",
        `${label}: in ${percent(share(counts.unparsable))} of the samples no answer could be read (${several(counts.unparsable, "sample")}). Look at them: the fault may lie with the reading.`,
      );
    if (degraded > 0)
      warn(
        "degraded",
        `${label}: in ${several(degraded, "sample")} of ${samples.toLocaleString("en")} a part of the mind failed and the turn went on without it. These samples count.`,
      );
    if (cached > 0)
      warn(
        "cached",
        `${label}: ${several(cached, "sample")} of ${samples.toLocaleString("en")} had replies from the cache. They are in no latency; their tokens are counted as if they had been sent.`,
      );
  }
  if (outdated > 0)
    warn(
      "outdated",
      `${several(outdated, "sample")} in the ledger were made with another seed, or before a character, a prompt or the instrument was changed. They are left out of everything but the usage.`,
    );
  return warnings;
}

/** Means of few subjects, or of few of whatever a measure draws as a whole: one sentence for each kind. */
function fewestOf(measures: readonly MeasureResult[], conditions: readonly ConditionResult[]): string[] {
  const all = measures.flatMap(({ title, cluster, conditions: own }) =>
    own
      .filter(({ n }) => n > 0)
      .map(({ condition, characters: count }) => ({ cluster, title, condition, count })),
  );
  return [...groupBy(all, ({ cluster }) => cluster)].flatMap(([cluster, means]) => {
    const least = means.reduce((a, b) => (b.count < a.count ? b : a));
    if (least.count >= FEWEST_SUBJECTS) return [];
    const label = conditions.find(({ id }) => id === least.condition)?.label ?? least.condition;
    const where = `“${least.title}”, ${label}`;
    const everywhere = means.every(({ count }) => count === least.count);
    const fewer = `fewer than ${FEWEST_SUBJECTS}`;
    const count = several(least.count, cluster);
    if (least.count === 1)
      return `${everywhere ? `There is only one ${cluster}.` : `A mean is of one ${cluster} only (${where}).`} Its intervals and tests take the items as units and speak of this ${cluster} alone; nothing is said about any other.`;
    return `${everywhere ? `There are only ${count} (${fewer}).` : `A mean is of only ${count} (${where}), ${fewer}.`} Intervals by bootstrap are then too narrow, and a test between conditions finds little: read the numbers as a description of these ${cluster}s, not of ${cluster}s in general.`;
  });
}
