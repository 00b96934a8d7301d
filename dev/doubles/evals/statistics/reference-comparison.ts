import { isUndefined } from "../../../../evals/core/statistics/undefined-because.js";

/** What a comparison found: values looked at, and each that does not match, with its place. */
export interface ReferenceComparison {
  compared: number;
  disagreements: string[];
}

/** Names of whole numbers that count something: they must match exactly. */
const counts = new Set(
  `n pairs scored notScored replicates undefinedReplicates characters items respondents targets raters subjects units
  pairableValues positives negatives zeros concordant discordant tiedPairsX tiedPairsY criticalTrials answered
  withMajority otherErrors firstOnly secondOnly tests`.split(/\s+/),
);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Compares a result with the expected one of a reference case, by the rules of the reference folder: numbers within
 * tolerance x max(1, |expected|), counts and all else exactly, "Infinity" as infinite, undefined by being undefined
 * for whatever reason, `also` only where the result offers the value. Other fields of the result are not looked at.
 */
export function compareWithReference(
  expected: unknown,
  got: unknown,
  tolerance: number,
  path = "result",
): ReferenceComparison {
  const verdict = (matches: boolean): ReferenceComparison => ({
    compared: 1,
    disagreements: matches ? [] : [`${path}: expected ${JSON.stringify(expected)}, got ${inWords(got)}`],
  });
  const together = (parts: readonly ReferenceComparison[]): ReferenceComparison => ({
    compared: parts.reduce((total, { compared }) => total + compared, 0),
    disagreements: parts.flatMap(({ disagreements }) => disagreements),
  });

  if (isUndefined(expected)) return verdict(isUndefined(got));
  if (expected === "Infinity") return verdict(got === Number.POSITIVE_INFINITY);
  if (typeof expected === "number") {
    if (typeof got !== "number") return verdict(false);
    const exact = counts.has(path.split(".").at(-1) ?? "") && Number.isInteger(expected);
    return verdict(
      exact ? got === expected : Math.abs(got - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    );
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length) return verdict(false);
    return together(
      expected.map((part, index) => compareWithReference(part, got[index], tolerance, `${path}[${index}]`)),
    );
  }
  if (isObject(expected)) {
    if (!isObject(got) || isUndefined(got)) return verdict(false);
    return together(
      Object.entries(expected).flatMap(([key, value]) => {
        if (key !== "also") return [compareWithReference(value, got[key], tolerance, `${path}.${key}`)];
        const offered = Object.entries(isObject(value) ? value : {}).filter(([name]) => name in got);
        return offered.map(([name, one]) =>
          compareWithReference(one, got[name], tolerance, `${path}.also.${name}`),
        );
      }),
    );
  }
  return verdict(got === expected);
}

const inWords = (value: unknown): string =>
  typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
