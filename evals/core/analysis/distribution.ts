import type { MeasuredResult } from "./results.js";

/** Up to so many different values are counted one by one. */
const mostValues = 12;
const bins = 10;

/** How values are distributed: every value counted where there are few, else ten equally wide ranges. */
export function distributionOf(values: readonly number[]): MeasuredResult["distribution"] {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined) return [];
  const single = [...new Set(sorted)];
  if (single.length <= mostValues)
    return single.map((value) => ({
      from: value,
      to: value,
      n: sorted.filter((each) => each === value).length,
    }));
  const width = (high - low) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const value of sorted) {
    const bin = Math.min(bins - 1, Math.floor((value - low) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((n, at) => ({
    from: low + at * width,
    to: at === bins - 1 ? high : low + (at + 1) * width,
    n,
  }));
}
