import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { characterSchema } from "../../data/character.js";
import { sums } from "../../dev/doubles/evals/sums.js";
import { ScriptedChatModel } from "../../models/index.js";
import { checkThreshold } from "./analysis/fail-under.js";
import type { EvaluationOptions } from "./evaluation-options.js";
import { knownNumbers } from "./known-numbers.js";
import { runEvaluation } from "./run-evaluation.js";

it("are those that will be made, and any that the folder may hold of the same instrument", async () => {
  const folder = mkdtempSync(join(tmpdir(), "thresholds-"));
  const options: EvaluationOptions = {
    instruments: [sums],
    out: join(folder, "run"),
    characters: [characterSchema.parse({ id: "anna", name: "Anna" })],
    methods: ["prompt"],
    models: ["scripted"],
    repeats: 1,
    chatModel: () => new ScriptedChatModel(() => "2"),
  };
  const check = async (threshold: string) => checkThreshold(threshold, await knownNumbers(options));
  try {
    await check("sums.right@prompt=1");
    await expect(check("sums.rihgt=1")).rejects.toThrow("It has sums.right; with @ and one of its methods");
    await expect(check("sums.right@macm=1")).rejects.toThrow("methods: prompt");
    await expect(check("sums.right:1")).rejects.toThrow("is not in the form");
    await runEvaluation(options);
    await check("sums.right@macm=1");
    await expect(knownNumbers({ ...options, settings: { items: "0" } })).rejects.toThrow("nothing to ask");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
