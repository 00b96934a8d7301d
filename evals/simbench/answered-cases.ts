import type { Sample } from "../core/contract.js";
import { groupBy } from "../core/group-by.js";
import type { CaseData, Shares } from "./group-case.js";
import { type ScoredCase, scoreOf } from "./scored-case.js";

/** A case as it was answered once, by a model for the group or by several people. */
export interface AnsweredCase extends ScoredCase {
  repeat: number;
  /** How many were to answer, and how many did. */
  people: number;
  answered: number;
  counts: Readonly<Record<Sample["status"], number>>;
  /** Share of the first token's chance that named an option; null where it was not asked for. */
  covered: number | null;
}

/** What this instrument put into a sample; null for one that was never put. */
const dataOf = ({ data }: Sample): CaseData | null => data as CaseData | null;

/**
 * The cases of one condition's samples, each repeat apart. Refused and unparsable answers leave; a case with one in error,
 * or with people who were not asked yet, has no score until these are run.
 */
export function answeredCases(samples: readonly Sample[]): AnsweredCase[] {
  const put = samples.flatMap((sample) => {
    const data = dataOf(sample);
    return data ? [{ sample, data }] : [];
  });
  const groups = groupBy(put, ({ sample, data }) => `${data.case}\n${sample.repeat}`);
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const counts = { answered: 0, refused: 0, unparsable: 0, error: 0, skipped: 0 };
    const shares: Record<string, number> = {};
    let covered: number | null = null;
    for (const { sample } of own) {
      counts[sample.status]++;
      if (sample.status !== "answered") continue;
      const answer = sample.answer as Shares;
      for (const [label, weight] of Object.entries(answer.shares))
        shares[label] = (shares[label] ?? 0) + weight;
      covered = answer.covered ?? covered;
    }
    const people = Math.max(...own.map(({ data }) => data.people));
    const leftOut =
      counts.error + counts.skipped > 0
        ? "error"
        : own.length < people
          ? "not yet run"
          : counts.answered === 0
            ? (own.find(({ sample }) => sample.status !== "answered")?.sample.status ?? "refused")
            : null;
    const { data, sample } = first;
    return [
      {
        ...data,
        id: data.case,
        repeat: sample.repeat,
        people,
        answered: counts.answered,
        counts,
        covered,
        ...scoreOf(data, leftOut === null ? shares : { leftOut }),
      },
    ];
  });
}
