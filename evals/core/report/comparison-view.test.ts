import { expect, it } from "vitest";
import { resultsOf } from "../analysis/results-of.js";
import { sampleOf } from "../doubles/sample-of-sums.js";
import { sums } from "../doubles/sums.js";
import { comparisonView } from "./comparison-view.js";

const viewOf = async (people: readonly string[], cluster?: string) => {
  const samples = ["blank", "macm"].flatMap((method) =>
    people.flatMap((person) =>
      [1, 2, 3, 4].map((item) =>
        sampleOf(method, person, item, { ended: method === "macm" || item > 2 ? 1 : 0 }),
      ),
    ),
  );
  const { comparisons } = resultsOf({ instrument: sums, samples, superseded: [], seed: "1", resamples: 50 });
  const words = {
    title: "Right sums",
    unit: "share",
    labelOf: (id: string) => id,
    ...(cluster && { cluster }),
  };
  return (await comparisonView(comparisons, words)).toString();
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
