import type { ClusterBootstrap } from "../statistics/cluster-bootstrap.js";
import type { Interval } from "../statistics/interval.js";
import { sameValue } from "../statistics/moments.js";
import { wilsonInterval } from "../statistics/proportion-interval.js";
import { isUndefined, type OrUndefined, undefinedBecause } from "../statistics/undefined-because.js";

/** An interval and how it was made; `by` is null where there is none. */
export interface MeanInterval {
  interval: OrUndefined<Interval>;
  /** `wilson` takes the answers as independent, which those of one subject are not. */
  by: "bootstrap" | "wilson" | null;
  standardError: OrUndefined<number>;
}

/** The bootstrap's interval; undefined where no resample differs from another, for that tells nothing about the next answer. */
export function bootstrapInterval({ percentile }: ClusterBootstrap): OrUndefined<Interval> {
  if (isUndefined(percentile) || !sameValue(...percentile)) return percentile;
  return undefinedBecause("degenerate-bootstrap");
}

/**
 * The interval to print beside a mean. Where the bootstrap has none because all resamples are alike, a share of yes or no
 * answers (`binary`) gets Wilson's of its values: 12 times no out of 12 is no proof of never.
 */
export function intervalOfMean(
  drawn: OrUndefined<ClusterBootstrap>,
  values: readonly number[],
  binary: boolean,
): MeanInterval {
  if (isUndefined(drawn)) return { interval: drawn, by: null, standardError: drawn };
  // Drawing the only item of the only subject again and again says nothing about any other.
  if (drawn.items === 1) {
    const none = undefinedBecause("too-few");
    return { interval: none, by: null, standardError: none };
  }
  const interval = bootstrapInterval(drawn);
  if (!isUndefined(interval)) return { interval, by: "bootstrap", standardError: drawn.standardError };
  if (!binary || values.some((value) => value !== 0 && value !== 1))
    return { interval, by: null, standardError: interval };
  const yes = values.filter((value) => value === 1).length;
  return { interval: wilsonInterval(yes, values.length), by: "wilson", standardError: interval };
}
