import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

// Every command and snippet of the README runs, as it stands there, in a folder of its own with nothing configured.

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = join(root, "dist/apps/cli/main.js");
const readme = await readFile(join(root, "README.md"), "utf8");
const folder = await mkdtemp(join(tmpdir(), "simulacra-readme-"));

beforeAll(() => {
  execFileSync(process.execPath, [join(root, "apps/cli/ensure-build.mjs")], { stdio: "ignore" });
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Code blocks of a language, in order. */
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "gu"))].map(
    (match) => match[1]?.trim() ?? "",
  );

const env = { PATH: process.env.PATH, HOME: process.env.HOME, SIMULACRA_EMBEDDINGS: "lexical" };
const run = (file: string, args: readonly string[], cwd = folder) =>
  execFileSync(file, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

describe("the README", () => {
  it("begins with the two commands that do all, and names the toolchain", () => {
    expect(blocks("sh").slice(0, 2)).toEqual(["npm install && npm start", "npm install && npm test"]);
    const firstScreen = readme.split("\n").slice(0, 24).join("\n");
    expect(firstScreen).toContain("C++ toolchain");
  });

  // Blocks go through the shell whole, in their order, as a reader would paste them.
  it.each(blocks("sh").filter((block) => block.includes("npx simulacra ")))(
    "runs: %s",
    (block) => {
      const npx = `npx() { shift; "${process.execPath}" "${program}" "$@"; }`;
      const out = run("sh", ["-ec", `${npx}\n${block}`]);
      if (!block.includes("\n") && block.includes("--json")) expect(() => JSON.parse(out)).not.toThrow();
      expect(out.length).toBeGreaterThan(0);
      if (block.includes("What happened to your hand?"))
        expect(out.trim().split("\n").at(-1)).toMatch(/\blid\b.* left hand/u);
    },
    120_000,
  );

  it("names only files and scripts that exist; what they do has tests of its own", async () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(
      await readFile(join(root, "package.json"), "utf8"),
    );
    const named = [...readme.matchAll(/npm run ([\w:-]+)/gu)].map((match) => match[1] ?? "");
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    const files = [...readme.matchAll(/npx tsx (\S+\.ts)|\]\(((?!https?:|#)[^)]+)\)/gu)];
    for (const [, script, link] of files) await readFile(join(root, script ?? link ?? ""));
  });

  it.each(blocks("ts"))("runs the snippet: %s", async (snippet) => {
    // Inside the package, so that its own name resolves to what was built.
    const file = join(root, "dist", "readme-snippet.mjs");
    await writeFile(file, snippet);
    expect(run(process.execPath, [file])).toContain("computer-generated");
    await rm(file);
  });
});
