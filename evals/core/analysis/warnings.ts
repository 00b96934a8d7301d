import type { ConditionResult, MeasureResult, Warning } from "./results.js";

/** Under so many subjects, intervals by bootstrap are too narrow and tests find little. */
export const FEWEST_SUBJECTS = 10;
/** Share of samples that may end refused, unreadable or degraded before a reader is warned. */
const NOTABLE = 0.1;

const percent = (share: number): string => `${(100 * share).toFixed(share > 0 && share < 0.01 ? 1 : 0)} %`;
const several = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

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
  const subjects = Math.max(...conditions.map(({ characters }) => characters));
  if (subjects < FEWEST_SUBJECTS && measures.length > 0)
    warn(
      "few-subjects",
      `There ${subjects === 1 ? "is" : "are"} only ${several(subjects, "subject")} (fewer than ${FEWEST_SUBJECTS}). Intervals by bootstrap are then too narrow, and a test between conditions finds little: read the numbers as a description of these subjects, not of subjects in general.`,
    );
  for (const { label, samples, counts, degraded, cached } of conditions) {
    const share = (count: number): number => (samples === 0 ? 0 : count / samples);
    if (share(counts.refused) > NOTABLE)
      warn(
        "refusals",
        `${label}: ${percent(share(counts.refused))} of the samples were refused (${several(counts.refused, "sample")}). The means speak of the others only.`,
      );
    if (share(counts.unparsable) > NOTABLE)
      warn(
        "unreadable",
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
