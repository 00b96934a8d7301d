import { expect, it } from "vitest";
import { sampleOf } from "../../dev/doubles/evals/sample-of-sums.js";
import type { Sample, SampleStatus } from "../core/contract.js";
import { differenceTable } from "./difference-table.js";
import { scoresOf, type TrialData } from "./trial-data.js";

const trial = (isControl: boolean, place: number): TrialData => ({
  protocol: "asch",
  isControl,
  trial: place,
  reading: "numbered",
  noun: "line",
  options: [],
  correct: 1,
  group: 2,
  critical: true,
  criticalTrials: 4,
  party: "scripted",
  experimenter: "ruth",
  literature: [],
});

/** A session of four critical trials, of which the subject goes along in the first so many. */
const session = (
  arm: string,
  character: string,
  along: number,
  ends: readonly SampleStatus[] = [],
): Sample[] =>
  [1, 2, 3, 4].map((place): Sample => {
    const data = trial(arm === "control", place);
    const status = ends[place - 1] ?? "answered";
    const answer = place <= along ? 2 : 1;
    const base = sampleOf("macm", character, place);
    return {
      ...base,
      condition: { ...base.condition, arm },
      session: `${arm}/${character}`,
      position: place - 1,
      status,
      data: status === "skipped" ? null : data,
      answer: status === "answered" ? answer : null,
      scores: status === "answered" ? scoresOf(answer, data) : null,
    };
  });

const people = ["anna", "ben", "cleo", "dan", "eva", "finn"];
const control = people.flatMap((person) => session("control", person, 0));
const rows = (...arms: Sample[][]) => differenceTable([control, ...arms]).rows;

it("the interval shown first draws subjects with their paired differences", () => {
  const [row] = rows(people.flatMap((person, at) => session("group", person, 1 + (at % 3))));
  expect(row).toMatchObject({ pairs: 6, difference: 0.5, pooled: 0.5 });
  const { low, high, pooledLow, pooledHigh } = row ?? {};
  expect(Number(low)).toBeGreaterThanOrEqual(0.25);
  expect(Number(high)).toBeLessThanOrEqual(0.75);
  expect(Number(high) - Number(low)).toBeGreaterThan(0.1);
  expect([pooledLow, pooledHigh]).not.toEqual([low, high]);
});

it("tests of several arms are adjusted by Holm as one family", () => {
  const strong = people.flatMap((person) => session("group", person, 2));
  const weak = people.flatMap((person, at) => session("one against", person, at < 3 ? 1 : 0));
  const [first, second] = rows(strong, weak);
  // Six of six signs alike: 2 / 2^6; three of three: 2 / 2^3.
  expect(first).toMatchObject({ p: 0.03125, pHolm: 0.0625 });
  expect(second).toMatchObject({ p: 0.25, pHolm: 0.25 });
  expect(Number(first?.pTrialsHolm)).toBeCloseTo(2 * Number(first?.pTrials), 12);
});

it("a session that broke, or is not run to its end, gives no rate of a subject", () => {
  const broken = session("group", "anna", 1, ["answered", "answered", "error", "skipped"]);
  const begun = session("group", "ben", 1).slice(0, 2);
  const whole = people.slice(2).flatMap((person) => session("group", person, 2));
  const [row] = rows([...broken, ...begun, ...whole]);
  expect(row).toMatchObject({ pairs: 4, difference: 0.5, p: 0.125 });
});
