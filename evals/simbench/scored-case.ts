import {
  expectedTotalVariation,
  isUndefined,
  normalised,
  normalisedEntropy,
  simbenchScore,
  undefinedBecause,
  undefinedText,
} from "../core/statistics/index.js";
import type { CaseData, GroupCase } from "./group-case.js";

/** A number, or why there is none: a status, or "not computed, because …". */
type ValueOrWhy = number | { leftOut: string };

/** What scoring needs of a case. */
type Scorable = Pick<CaseData, "dataset" | "human" | "norm" | "groupSize" | "groupedBy">;

/** A case with the score of its simulated answer. */
export interface ScoredCase extends Scorable {
  id: string;
  /** 100 (1 - TV / norm of the data set): 0 for the uniform answer, on average, 100 for the human one. */
  score: ValueOrWhy;
  /** Total variation between the human and the simulated answer, 0 to 1. */
  distance: ValueOrWhy;
  /** The score by the arithmetic of the authors' script. */
  published: ValueOrWhy;
}

/** Scores a simulated answer (weights by letter) as SimBench does (Hu et al. 2025), or says why there is none. */
export function scoreOf(
  of: Scorable,
  answer: Readonly<Record<string, number>> | { leftOut: string },
): Pick<ScoredCase, "score" | "distance" | "published"> {
  if (isLeftOut(answer)) return { score: answer, distance: answer, published: answer };
  const { dataset, human, norm } = of;
  const [corrected, published] = (["corrected", "published"] as const).map((variant) => {
    const scored = simbenchScore([{ dataset, human, model: answer }], {
      variant,
      norms: { [dataset]: norm ?? 0 },
    });
    return isUndefined(scored) ? undefined : scored.cases[0];
  });
  const none = undefinedBecause("no-scored-case");
  const value = (found: unknown): ValueOrWhy =>
    typeof found === "number" ? found : { leftOut: undefinedText(isUndefined(found) ? found : none) };
  return {
    score: value(corrected?.score),
    distance: value(corrected?.totalVariation),
    published: value(published?.score),
  };
}

/** Whether this is a reason instead of an answer; no option has such a long name. */
const isLeftOut = (
  answer: Readonly<Record<string, number>> | { leftOut: string },
): answer is { leftOut: string } => "leftOut" in answer;

/**
 * What a perfect simulation is to expect when `people` are drawn from the human answers: the distance that chance makes,
 * and its score. Null where the number of people is not known.
 */
export function expectedByChance(
  { human, norm }: Scorable,
  people: number | null,
): { score: number; distance: number } | null {
  const shares = normalised(Object.values(human));
  if (people === null || norm === null || isUndefined(shares) || shares.length < 2) return null;
  const distance = expectedTotalVariation(shares, people);
  return { distance, score: 100 * (1 - distance / norm) };
}

/** Entropy of the human answer by that of the uniform one, 0 (all agree) to 1. */
export function entropyOf({ human }: Scorable): number | null {
  const shares = normalised(Object.values(human));
  const entropy = isUndefined(shares) ? shares : normalisedEntropy(shares);
  return isUndefined(entropy) ? null : entropy;
}

/** Mean distance of the uniform answer by data set; null where every answer of a data set is uniform. */
export function normsOf(cases: readonly GroupCase[]): ReadonlyMap<string, number | null> {
  const whole = simbenchScore(cases.map(({ dataset, human }) => ({ dataset, human, model: null })));
  return new Map(
    isUndefined(whole)
      ? []
      : Object.entries(whole.norms).map(([dataset, norm]) => [
          dataset,
          isUndefined(norm) || norm === 0 ? null : norm,
        ]),
  );
}
