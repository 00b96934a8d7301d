import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { characterSchema } from "../../data/character.js";
import { sums } from "../../dev/doubles/evals/sums.js";
import { ScriptedChatModel } from "../../models/index.js";
import type { Instrument } from "./contract.js";
import { writeReport } from "./report/write-report.js";
import { rescoreRun } from "./rescore.js";
import { runEvaluation } from "./run-evaluation.js";

it("an instrument that was given as an object is given again to the report and to a new reading", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rescore-"));
  const strict: Instrument = { ...(sums as Instrument), score: () => ({ right: 0 }) };
  try {
    await runEvaluation({
      instruments: [sums as Instrument],
      out: folder,
      characters: [characterSchema.parse({ id: "anna", name: "Anna" })],
      methods: ["prompt"],
      repeats: 1,
      settings: { items: "2" },
      chatModel: () => new ScriptedChatModel(() => "2"),
    });
    await expect(writeReport(folder)).rejects.toThrow("Give it again: {instruments");
    await expect(rescoreRun(folder)).rejects.toThrow("Give it again: {instruments");
    expect(await rescoreRun(folder, { instruments: [strict] })).toMatchObject({ read: 2, changed: 1 });
    const { results } = await writeReport(folder, { instruments: [strict], resamples: 10 });
    expect(results.instruments[0]?.measures[0]?.conditions[0]).toMatchObject({ n: 2, mean: 0 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
