import { expect, it } from "vitest";
import { sampleOf } from "../../../dev/doubles/evals/sample-of-sums.js";
import { sums } from "../../../dev/doubles/evals/sums.js";
import { resultsOf } from "../analysis/results-of.js";
import { comparisonRows, measureRows } from "./csv-tables.js";
import { measureView } from "./measure-view.js";

it("page and CSV name Wilson's interval, count items and subjects, and say why a difference has none", async () => {
  const people = ["anna", "ben"];
  const samples = ["blank", "macm"].flatMap((method) =>
    people.flatMap((person) => [1, 2, 3].map((item) => sampleOf(method, person, item))),
  );
  const results = resultsOf({ instrument: sums, samples, superseded: [], seed: "1", resamples: 50 });
  const [measure] = results.measures;
  if (!measure) throw new Error("There is no measure.");
  const view = (await measureView(measure, results)).toString();
  expect(view).toContain("0.61 to 1.00</span> (Wilson)");
  expect(view).toContain("takes every answer as independent");
  expect(view).toContain("n = 6: 6 items of 2 subjects");
  expect(measureRows(results)[0]).toMatchObject({
    interval_by: "wilson",
    interval_high: 1,
    n: 6,
    items: 6,
    characters: 2,
    character_is: "subject",
  });
  expect(comparisonRows(results)[0]).toMatchObject({
    interval_low: null,
    interval_not_computed_because: "every resample gives the same value",
  });
});
