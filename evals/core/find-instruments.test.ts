import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { findInstrument, instrumentNames, listInstruments } from "./find-instruments.js";
import { settingsOf } from "./instrument-settings.js";

it("finds every instrument of the package by its folder", async () => {
  const names = await instrumentNames();
  expect(names).toContain("self-report");
  expect((await listInstruments()).map(({ name }) => name)).toEqual(names);
  await expect(findInstrument("self-reprot")).rejects.toThrow("Did you mean self-report?");
});

it("takes a module of one's own, and says what is missing in it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "instrument-"));
  const doubles = fileURLToPath(new URL("../../dev/doubles/evals/sums.ts", import.meta.url));
  writeFileSync(join(folder, "mine.mjs"), `export { sums as default } from ${JSON.stringify(doubles)};`);
  writeFileSync(join(folder, "half.mjs"), 'export default { name: "half", version: "1", measures: [] };');
  writeFileSync(join(folder, "empty.mjs"), "export const nothing = 1;");
  try {
    const { instrument, module } = await findInstrument("./mine.mjs", folder);
    expect([instrument.name, module]).toEqual(["sums", join(folder, "mine.mjs")]);
    expect(settingsOf(instrument)).toMatchObject([{ name: "items", default: 2 }, { name: "together" }]);
    await expect(findInstrument("./half.mjs", folder)).rejects.toThrow(
      /settings.*plan.*at least one measure|measure/su,
    );
    await expect(findInstrument("./empty.mjs", folder)).rejects.toThrow("exports no instrument");
    await expect(findInstrument("./absent.mjs", folder)).rejects.toThrow("could not be loaded");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
