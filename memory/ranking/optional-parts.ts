import type { Candidate } from "../backends/memory-store.js";
import type { RankingOptions, ScoreParts } from "./contract.js";

type Part = "importance" | "recency" | "mood";

/** Days after which recency has halved (a month: nothing measured speaks for another value). */
const recencyHalfLifeDays = 30;

/**
 * Parts that count only when their weight is not 0: importance, recency, mood congruence (Bower 1981). Each is
 * weight x (value - mean of the candidates that know it), so that a memory without the value, whose part is absent,
 * stands in the middle and is neither punished nor favoured.
 */
export function optionalParts(
  candidates: readonly Candidate[],
  options: RankingOptions,
  now: Date,
): (candidate: Candidate) => Partial<ScoreParts> {
  const readers: [Part, number, (candidate: Candidate) => number | undefined][] = [
    ["importance", options.importanceWeight, ({ value }) => numberOf(value.importance)],
    ["recency", options.recencyWeight, ({ value }) => recency(value.at, now)],
    ["mood", options.moodWeight, ({ value }) => congruence(value, options.mood)],
  ];
  const centred = readers
    .filter(([, weight]) => weight !== 0)
    .map(([part, weight, read]) => {
      const known = candidates.flatMap((candidate) => read(candidate) ?? []);
      return { part, weight, read, mean: known.reduce((sum, value) => sum + value, 0) / known.length };
    });
  return (candidate) => {
    const parts: Partial<ScoreParts> = {};
    for (const { part, weight, read, mean } of centred) {
      const value = read(candidate);
      if (value !== undefined) parts[part] = weight * (value - mean);
    }
    return parts;
  };
}

const numberOf = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

function recency(at: unknown, now: Date): number | undefined {
  if (typeof at !== "string") return undefined;
  const days = (now.getTime() - Date.parse(at)) / 86_400_000;
  return Number.isNaN(days) ? undefined : 0.5 ** (Math.max(0, days) / recencyHalfLifeDays);
}

/** 1 for a memory of the same valence and arousal as the mood, 0 for the opposite. */
function congruence(value: Record<string, unknown>, mood: RankingOptions["mood"]): number | undefined {
  const valence = numberOf(value.valence);
  if (!mood || valence === undefined) return undefined;
  const arousal = numberOf(value.arousal);
  const distances = [Math.abs(valence - mood.valence) / 2];
  if (arousal !== undefined) distances.push(Math.abs(arousal - mood.arousal));
  return 1 - distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}
