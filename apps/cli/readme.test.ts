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
    (match) => match[1] ?? "",
  );

const commands = blocks("sh").flatMap((block) => block.split("\n").filter((line) => line.trim() !== ""));
const env = { PATH: process.env.PATH, HOME: process.env.HOME, SIMULACRA_EMBEDDINGS: "lexical" };

describe("the README", () => {
  it("begins with the two commands that do all, and names the toolchain", () => {
    expect(commands.slice(0, 2)).toEqual(["npm install && npm start", "npm install && npm test"]);
    const firstScreen = readme.split("\n").slice(0, 24).join("\n");
    expect(firstScreen).toContain("C++ toolchain");
  });

  const simulacra = commands.filter((command) => command.startsWith("npx simulacra "));
  it.each(simulacra)("runs: %s", (command) => {
    const out = execFileSync(
      "sh",
      ["-c", command.replace("npx simulacra", `"${process.execPath}" "${program}"`)],
      {
        cwd: folder,
        env,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    if (command.includes("--json")) expect(() => JSON.parse(out)).not.toThrow();
    expect(out.length).toBeGreaterThan(0);
  });

  it("names only scripts that exist", async () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(
      await readFile(join(root, "package.json"), "utf8"),
    );
    const named = [...readme.matchAll(/npm run ([\w-]+)/gu)].map((match) => match[1] ?? "");
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it.each(blocks("ts"))("runs the snippet: %s", async (snippet) => {
    // Inside the package, so that its own name resolves to what was built.
    const file = join(root, "dist", "readme-snippet.mjs");
    await writeFile(file, snippet);
    const out = execFileSync(process.execPath, [file], {
      cwd: folder,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    expect(out).toContain("computer-generated");
    await rm(file);
  });
});
