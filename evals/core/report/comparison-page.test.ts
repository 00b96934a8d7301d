import { expect, it } from "vitest";
import { sampleOf } from "../../../dev/doubles/evals/sample-of-sums.js";
import { sums } from "../../../dev/doubles/evals/sums.js";
import { resultsOf } from "../analysis/results-of.js";
import type { Instrument } from "../contract.js";
import { comparisonPage } from "./comparison-page.js";
import type { InstrumentRun } from "./load-run.js";
import { pairInstrument } from "./paired-runs.js";

/** Twelve personas answer; what a measure draws as a whole is one of the data sets. */
const runOf = (dataSets: number, ended: 0 | 1): InstrumentRun => {
  const instrument: Instrument = {
    ...(sums as Instrument),
    measures: sums.measures.map((measure) => ({
      ...measure,
      cluster: "data set",
      units: (samples) =>
        measure
          .units(samples)
          .map((unit, at) => ({ ...unit, character: `set ${at % dataSets}`, item: `case ${at}` })),
    })),
  };
  const samples = Array.from({ length: 12 }, (_, at) => sampleOf("macm", `person ${at}`, 1, { ended }));
  const results = resultsOf({ instrument, samples, superseded: [], seed: "1", resamples: 1 });
  return { instrument, entries: [], samples, results };
};
const pageOf = (dataSets: number) => {
  const run = (name: string) => ({ name, mindOf: () => null });
  return comparisonPage([pairInstrument(runOf(dataSets, 0), runOf(dataSets, 1), 20)], run("a"), run("b"));
};

it("warns by the fewest of what a measure draws as a whole", async () => {
  expect(await pageOf(1)).toContain("There is only 1 data set (fewer than 10)");
  expect(await pageOf(3)).toContain("There are only 3 data sets (fewer than 10)");
  expect(await pageOf(12)).not.toContain("(fewer than 10)");
});
