import { seededRandom } from "../../../evals/core/random.js";
import {
  type ClusterBootstrapOptions,
  type ConformityTrial,
  clusterBootstrap,
  conformedAnswers,
  conformityRate,
  isUndefined,
  pairedT,
  proportionDifference,
} from "../../../evals/core/statistics/index.js";
import { mean } from "../../../evals/core/statistics/moments.js";
import type { Row } from "../figures.js";

const subjects = 30;
const criticalTrials = 12;

/** Subjects of one method: each goes with the group on a critical trial with a chance of its own. */
function simulated(chances: readonly number[], seed: string): { trials: ConformityTrial[] }[] {
  const random = seededRandom(seed);
  return chances.map((chance) => ({
    trials: [...Array(criticalTrials)].map(() => ({
      correct: 1,
      group: 2,
      answer: random.fraction() < chance ? 2 : 1,
    })),
  }));
}

/** Chances of the subjects: spread round a mean, as people differ. */
function chancesOf(middle: number, seed: string): number[] {
  const random = seededRandom(seed);
  const reach = Math.min(middle, 1 - middle);
  return [...Array(subjects)].map(() => middle + (random.fraction() * 2 - 1) * reach);
}

/** What one comparison of two methods on the same subjects concludes. */
function compared(
  first: { trials: ConformityTrial[] }[],
  second: { trials: ConformityTrial[] }[],
  seed: string,
) {
  const answers = [first, second].map((method) => method.map(({ trials }) => conformedAnswers(trials)));
  const [of = [], against = []] = answers;
  const test = pairedT(of.map(mean), against.map(mean));
  // Both methods met the same trials: their differences are what is resampled.
  const differences = of.map((own, subject) => ({
    items: own.map((answer, trial) => answer - (against[subject]?.[trial] ?? 0)),
  }));
  const holds = (stages: 1 | 2, value: number): boolean => {
    const options: ClusterBootstrapOptions = { stages, resamples: 1000, seed, statistic: "meanOfCharacters" };
    const interval = clusterBootstrap(differences, options);
    if (isUndefined(interval) || isUndefined(interval.percentile)) return false;
    const [low, high] = interval.percentile;
    return low - 1e-12 <= value && value <= high + 1e-12;
  };
  // Without a p nothing was found; only subjects who all differ alike give none.
  const p = isUndefined(test) || isUndefined(test.pTwoSided) ? null : test.pTwoSided;
  return { found: p !== null && p < 0.05, holds };
}

/**
 * Whether the statistics of the evaluation find an effect that is there and none that is not: scripted answers of 30
 * subjects to the 12 critical trials of the conformity experiment, through the functions that the evaluation calls.
 */
export function nullEffectBench({ repetitions = 1000 }: { repetitions?: number } = {}): Row[] {
  const counts = {
    falsePositives: 0,
    coveredByTwo: 0,
    coveredByOne: 0,
    found: 0,
    apart: 0,
    effectCovered: 0,
  };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const seed = `null-effect/${repetition}`;
    const chances = chancesOf(0.4, `${seed}/subjects`);
    const same = compared(simulated(chances, `${seed}/first`), simulated(chances, `${seed}/second`), seed);
    counts.falsePositives += Number(same.found);
    counts.coveredByTwo += Number(same.holds(2, 0));
    counts.coveredByOne += Number(same.holds(1, 0));

    const conforming = simulated(Array(subjects).fill(0.4), `${seed}/conforming`);
    const independent = simulated(Array(subjects).fill(0.02), `${seed}/independent`);
    const different = compared(conforming, independent, seed);
    counts.found += Number(different.found);
    counts.effectCovered += Number(different.holds(2, 0.38));
    const [high, low] = [conforming, independent].map((method) => conformityRate(method));
    const difference = proportionDifference(
      [high?.withMajority ?? 0, high?.answered ?? 0],
      [low?.withMajority ?? 0, low?.answered ?? 0],
    );
    counts.apart += Number(!isUndefined(difference) && difference.newcombe[0] > 0);
  }
  const percent = (count: number) => (100 * count) / repetitions;
  const unit = "%";
  return [
    {
      what: "two equal methods: paired test says they differ",
      measured: percent(counts.falsePositives),
      unit,
      limit: 7,
    },
    {
      what: "the same, at least",
      measured: percent(counts.falsePositives),
      unit,
      limit: 3,
      atLeast: true,
    },
    {
      what: "95 % interval holds 0: subjects and trials resampled",
      measured: percent(counts.coveredByTwo),
      unit,
    },
    { what: "95 % interval holds 0: subjects resampled", measured: percent(counts.coveredByOne), unit },
    {
      what: "40 % against 2 % conformity: paired test finds it",
      measured: percent(counts.found),
      unit,
      limit: 99,
      atLeast: true,
    },
    {
      what: "40 % against 2 %: Newcombe's interval is above 0",
      measured: percent(counts.apart),
      unit,
      limit: 99,
      atLeast: true,
    },
    {
      what: "95 % interval holds 38: subjects and trials resampled",
      measured: percent(counts.effectCovered),
      unit,
    },
  ];
}
