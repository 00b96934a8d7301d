import type { Candidate } from "../backends/memory-store.js";
import type { RankingOptions } from "./contract.js";

/** Share of a neighbouring turn's meaning, by its offset in the conversation. */
const neighbourShares = new Map([
  [-1, 0.25],
  [1, 0.15],
  [-2, 0.12],
  [2, 0.08],
]);

/**
 * Meaning: the cosine above the store's mean cosine to this question (which takes away what every memory shares with
 * it), plus a share of the neighbouring turns', weighted by the kind of memory. 0 where the memory has no vector.
 */
export function denseOf(candidate: Candidate, meanCosine: number, options: RankingOptions): number {
  if (candidate.cosine === undefined) return 0;
  let sum = candidate.cosine - meanCosine;
  for (const { offset, cosine } of candidate.neighbours) {
    if (cosine !== undefined) sum += (neighbourShares.get(offset) ?? 0) * (cosine - meanCosine);
  }
  if (options.hashedVectors === true) return options.hashedDenseWeight * sum;
  const narrative = typeof candidate.value.conversation !== "string";
  return (narrative ? options.narrativeDenseWeight : options.dialogueDenseWeight) * sum;
}
