import { expect, it } from "vitest";
import { sampleOf } from "../../../dev/doubles/evals/sample-of-sums.js";
import { sums } from "../../../dev/doubles/evals/sums.js";
import { failUnder } from "./fail-under.js";
import { resultsOf } from "./results-of.js";

/** Sums of two methods, of which one was never asked what is measured. */
const results = [
  resultsOf({
    instrument: {
      ...sums,
      measures: sums.measures.map((measure) => ({
        ...measure,
        units: (samples) => measure.units(samples.filter(({ condition }) => condition.method !== "macm")),
      })),
    },
    samples: [sampleOf("blank", "anna", 1), sampleOf("macm", "anna", 1)],
    superseded: [],
    seed: "1",
    resamples: 10,
  }),
];

it("is not met by a condition that has no number", () => {
  const below = [{ condition: "macm", value: null, text: "macm: not measured" }];
  expect(failUnder(results, "sums.right@macm=0").below).toEqual(below);
  expect(failUnder(results, "sums.right=0").below).toEqual(below);
});

it("is not met by what was asked for and is not there yet", () => {
  const known = [{ instrument: sums, methods: ["blank", "rag"] }];
  expect(failUnder(results, "sums.right@rag=0", known).below).toMatchObject([{ condition: "rag" }]);
  expect(failUnder([], "sums.right=0", known).below).toMatchObject([{ condition: "sums.right" }]);
  expect(() => failUnder(results, "sums.right@macm=0", known)).toThrow("its methods: blank, rag");
});
