import { expect, it } from "vitest";
import { sampleOf } from "../../../../dev/doubles/evals/sample-of-sums.js";
import { sums } from "../../../../dev/doubles/evals/sums.js";
import { resultsOf } from "../../../../evals/core/analysis/results-of.js";
import { paintFor } from "../../output.js";
import { resultsTable } from "./results-table.js";

const plain = paintFor({ write: () => true }, {});

it("answers that are all alike stand with Wilson's interval, named and explained, and n with its subjects", () => {
  const samples = ["anna", "ben"].map((person) => sampleOf("blank", person, 1));
  const results = resultsOf({ instrument: sums, samples, superseded: [], seed: "1", resamples: 50 });
  const lines = resultsTable({ version: 1, instruments: [results] }, plain).join("\n");
  expect(lines).toContain("[0.34, 1.00] Wilson  2 of 2 subjects");
  expect(lines).toContain("takes each as independent");
});
