import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { main as fifthAgent } from "./fifth-agent.js";
import { main as society } from "./society.js";
import { main as talk } from "./talk.js";
import { main as toolOfAnAgent } from "./tool-of-an-agent.js";
import { main as twoPeople } from "./two-people.js";

// Every example runs, as a reader would run it, with the offline model.

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** What an example prints. */
async function printed(example: () => Promise<void>): Promise<string> {
  vi.stubEnv("SIMULACRA_MODEL", undefined);
  let text = "";
  vi.spyOn(console, "log").mockImplementation((...parts: unknown[]) => {
    text += `${parts.map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join(" ")}\n`;
  });
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  await example();
  return text;
}

describe("the examples", () => {
  it("talk.ts streams the answer and shows the mind", async () => {
    const text = await printed(() => talk("Who was Caleb Foss?"));
    expect(text).toMatch(/^Hester Tranter is a computer-generated person/u);
    expect(text).toMatch(/Hester: .*Caleb Foss/u);
    expect(text).toMatch(/remembered: life\/\d+ \(support 1\.00\)/u);
    expect(text).toMatch(/felt: .* \| mood: \{"valence"/u);
    expect(text).toContain("4 model calls; failed agents: none");
  });

  it("fifth-agent.ts lets an agent of its own into the mind", async () => {
    const text = await printed(() => fifthAgent());
    expect(text).toMatch(/Hester: .*Caleb Foss/u);
    expect(text).toMatch(/they want: \w+/u);
    expect(text).toContain("calls of the new agent: 1; failed: none");
  });

  it("two-people.ts lets two talk, by turns, until the moderator ends it", async () => {
    const text = await printed(() => twoPeople());
    const speakers = [...text.matchAll(/^(hester-tranter|tove-lund|moderator|undefined): /gmu)].map(
      ([, name]) => name,
    );
    expect(speakers).toEqual(Array(3).fill(["hester-tranter", "tove-lund"]).flat());
  });

  it("tool-of-an-agent.ts lets an agent talk to her, and shows what she thought", async () => {
    const text = await printed(() => toolOfAnAgent());
    expect(text).toContain('journalist -> talk_to_hester-tranter: {"message":"Who taught you');
    const answer = /^Hester: (.+)$/mu.exec(text)?.[1];
    expect(text).toContain(`journalist: Asked who taught her, she said: “${answer}`);
    expect(text).toMatch(/her thought \(artifact\): \w+/u);
  });

  it("society.ts keeps what was told in private", async () => {
    const text = await printed(() => society());
    const room = /All three in the café:([\s\S]*?)Later/u.exec(text)?.[1] ?? "";
    expect(room.match(/^ {2}(bram|ida|hester-tranter): /gmu)).toHaveLength(3);
    expect(room).not.toContain("ninety thousand");
    expect(text).toMatch(/alone:\n {2}hester-tranter: .*ninety thousand/u);
    expect(text).toMatch(/with Ida: “.*ninety thousand/u);
    for (const company of ["with Bram", "with both of them", "with nobody named"])
      expect(text).toContain(`${company}: nothing of what Ida confided`);
  });

  it("run from a shell", () => {
    const root = fileURLToPath(new URL("../../", import.meta.url));
    const { SIMULACRA_MODEL: _, ...env } = process.env;
    const out = execFileSync(
      process.execPath,
      ["node_modules/tsx/dist/cli.mjs", "apps/examples/talk.ts", "Who is Marian?"],
      { cwd: root, env, encoding: "utf8" },
    );
    expect(out).toContain("Ben: Who is Marian?");
  });
});
