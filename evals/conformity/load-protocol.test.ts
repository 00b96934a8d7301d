import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { requestOf } from "../../dev/doubles/evals/conformity-subjects.js";
import conformity from "./instrument.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "conformity-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a protocol of one's own", () => {
  it("is read from a file, and every mistake in it is told", async () => {
    const path = join(folder, "mine.json");
    const own = JSON.parse(
      readFileSync(new URL("../../data/instruments/conformity/asch.json", import.meta.url), "utf8"),
    );
    own.arms[0].order = ["ruth", "nobody"];
    own.trials[0].facts = {};
    own.runs = ["grop"];
    own.arms[1].trials = ["1", "2", "1"];
    writeFileSync(path, JSON.stringify(own));
    const [problem = ""] = await conformity.validate(requestOf({ protocol: path }));
    for (const words of [
      'must name "subject" once',
      "nobody, which is no seat",
      "{standard}",
      "grop",
      "trial 1 is there twice",
    ])
      expect(problem).toContain(words);
    expect(await conformity.validate(requestOf({ protocol: join(folder, "gone.json") }))).toEqual([
      expect.stringContaining("there is no such file"),
    ]);
    expect(await conformity.validate(requestOf({ arms: "group,alone" }))).toEqual([
      expect.stringContaining("no arm alone"),
    ]);
  });

  it("is told of by its own title and words", async () => {
    const plan = await conformity.plan(requestOf({ protocol: "foot-in-the-door" }));
    expect(plan.title).toMatch(/foot in the door/u);
    expect(plan.about?.join(" ")).toMatch(/Freedman/u);
    expect(plan.about?.join(" ")).not.toMatch(/inches/u);
  });
});
