import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sampleOf } from "../../dev/doubles/evals/sample-of-sums.js";
import type { SessionPlan } from "./contract.js";
import { Ledger } from "./ledger.js";
import { checkSamePlaces } from "./same-place.js";

let folder: string;
let ledger: Ledger;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "same-place-"));
  ledger = new Ledger(join(folder, "ledger.sqlite"));
  for (const [position, item] of [1, 2].entries())
    ledger.record({ ...sampleOf("prompt", "anna", item), key: `old/${position}`, session: "old", position });
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true });
});

/** Holds a plan of one session of these items, in this order, against a folder with one of items 1 and 2. */
const check = (items: readonly number[], key = "new") => {
  const session: SessionPlan = {
    subject: { kind: "simulacrum", character: "anna", method: "prompt", model: "m" },
    condition: sampleOf("prompt", "anna", 1).condition,
    repeat: 1,
    seed: "1",
    items: items.map((item) => ({ id: String(item), version: "1" })),
  };
  const plan = {
    sessions: () => [session],
    item: () => {
      throw new Error("Nothing is put here.");
    },
  };
  return () => checkSamePlaces({ name: "sums" }, plan, new Set([key]), ledger);
};

it.each([
  ["inserted before the first", [3, 1, 2]],
  ["removed from the front", [2]],
  ["swapped", [2, 1]],
])("a session with an item %s is not mixed with the one of before", (_, items) => {
  expect(check(items)).toThrow("holds 1 session of sums put under other conditions");
});

it("the same session, and one that shares no item, have their own places", () => {
  expect(check([1, 2], "old")).not.toThrow();
  expect(check([3, 4])).not.toThrow();
});
