import { expect, it } from "vitest";
import { sampleOf } from "../../../dev/doubles/evals/sample-of-sums.js";
import { sums } from "../../../dev/doubles/evals/sums.js";
import { resultsOf } from "../analysis/results-of.js";
import { comparisonView } from "./comparison-view.js";

const words = { title: "Right sums", unit: "share", labelOf: (id: string) => id };

it("names the sides of a yes or no that only one of them has", async () => {
  const samples = ["blank", "macm"].flatMap((method) =>
    ["anna", "ben", "carla"].map((person, at) =>
      sampleOf(method, person, 1, { ended: method === "macm" || at === 0 ? 1 : 0 }),
    ),
  );
  const { comparisons } = resultsOf({ instrument: sums, samples, superseded: [], seed: "1", resamples: 50 });
  const view = (await comparisonView(comparisons, words)).toString();
  expect(view).toContain("0 only in blank | m | friend, 2 only in macm | m | friend, p");
  const ofRuns = await comparisonView(comparisons, { ...words, sides: () => ["A", "B"] });
  expect(ofRuns.toString()).toContain("0 only in A, 2 only in B, p");
});

const viewOf = async (people: readonly string[], cluster?: string) => {
  const samples = ["blank", "macm"].flatMap((method) =>
    people.flatMap((person) =>
      [1, 2, 3, 4].map((item) =>
        sampleOf(method, person, item, { ended: method === "macm" || item > 2 ? 1 : 0 }),
      ),
    ),
  );
  const { comparisons } = resultsOf({ instrument: sums, samples, superseded: [], seed: "1", resamples: 50 });
  return (await comparisonView(comparisons, { ...words, ...(cluster && { cluster }) })).toString();
};

it("of one subject says that items are the units, that trials of a session depend on each other, and of whom it speaks", async () => {
  const view = await viewOf(["anna"]);
  for (const words of [
    "items of one subject",
    "its items are the units of interval and tests",
    "each depends on those before it",
    "speaks of this subject alone",
  ])
    expect(view).toContain(words);
  const several = await viewOf(["anna", "ben"]);
  expect(several).toContain("8 pairs, 2 subjects");
  expect(several).not.toContain("its items are the units");
  expect(await viewOf(["anna"], "data set")).toContain("speaks of this data set alone");
});
