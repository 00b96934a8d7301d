import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

// Every command and snippet of the README and of docs/ runs, as it stands there, with nothing configured; each page in a
// folder of its own.

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = join(root, "dist/apps/cli/main.js");
const docs = (await readdir(join(root, "docs"))).filter((name) => name.endsWith(".md")).sort();
const pages = await Promise.all(
  ["README.md", ...docs.map((name) => `docs/${name}`)].map(async (path) => ({
    path,
    text: await readFile(join(root, path), "utf8"),
    folder: await mkdtemp(join(tmpdir(), "simulacra-readme-")),
  })),
);
const readme = pages[0]?.text ?? "";
const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  await readFile(join(root, "package.json"), "utf8"),
);

beforeAll(() => {
  execFileSync(process.execPath, [join(root, "apps/cli/ensure-build.mjs")], { stdio: "ignore" });
}, 180_000);
afterAll(() => Promise.all(pages.map(({ folder }) => rm(folder, { recursive: true, force: true }))));

/** Code blocks of a language, in order. */
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "gu"))].map(
    (match) => match[1]?.trim() ?? "",
  );

/** The anchors of a page's headings, as GitHub makes them. */
const anchors = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gmu)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, "")
      .replaceAll(" ", "-"),
  );

const env = { PATH: process.env.PATH, HOME: process.env.HOME, SIMULACRA_EMBEDDINGS: "lexical" };
const run = (file: string, args: readonly string[], cwd: string) =>
  execFileSync(file, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

const isCommand = (block: string) => block.includes("npx simulacra ");

describe("the README", () => {
  it("begins with the two commands that do all, and names the toolchain", () => {
    expect(blocks(readme, "sh").slice(0, 2)).toEqual(["npm install && npm start", "npm install && npm test"]);
    const firstScreen = readme.split("\n").slice(0, 24).join("\n");
    expect(firstScreen).toContain("C++ toolchain");
  });

  it("can be read at one sitting, and leads to every page of docs/", () => {
    expect(readme.split(/\s+/u).length).toBeLessThan(3_000);
    expect(docs.filter((name) => !readme.includes(`](docs/${name})`))).toEqual([]);
  });
});

describe.each(pages)("$path", ({ path, text, folder }) => {
  const commands = blocks(text, "sh").filter(isCommand);
  const snippets = blocks(text, "ts");

  // Blocks go through the shell whole, in their order, as a reader would paste them.
  it.runIf(commands.length > 0).each(commands)(
    "runs: %s",
    (block) => {
      const npx = `npx() { shift; "${process.execPath}" "${program}" "$@"; }`;
      const out = run("sh", ["-ec", `${npx}\n${block}`], folder);
      if (!block.includes("\n") && block.includes("--json")) expect(() => JSON.parse(out)).not.toThrow();
      expect(out.length).toBeGreaterThan(0);
      if (block.includes("What happened to your hand?"))
        expect(out.trim().split("\n").at(-1)).toMatch(/\blid\b.* left hand/u);
    },
    120_000,
  );

  it.runIf(snippets.length > 0).each(snippets)("runs the snippet: %s", async (snippet) => {
    // Inside the package, so that its own name resolves to what was built.
    const file = join(root, "dist", "readme-snippet.mjs");
    await writeFile(file, snippet);
    const out = run(process.execPath, [file], folder);
    expect(out.length).toBeGreaterThan(0);
    // Whoever makes somebody speak says first that they are no human being.
    if (snippet.includes("createSimulacrum(")) expect(out).toContain("computer-generated");
    await rm(file);
  });

  it("names only commands, scripts and examples that exist; what these do has tests of its own", () => {
    const help = run(process.execPath, [program, "--help"], folder);
    const named = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? "");
    expect(named(/npx simulacra ([a-z]+)/gu).filter((name) => !help.includes(`\n  ${name}`))).toEqual([]);
    expect(named(/npm run (?:-s )?([\w:-]+)/gu).filter((name) => !(name in scripts))).toEqual([]);
    const others = blocks(text, "sh").filter(
      (block) => !isCommand(block) && !block.startsWith("npm install"),
    );
    const lines = others.flatMap((block) => block.split("\n"));
    expect(lines.filter((line) => !/^npx tsx apps\/examples\/[\w-]+\.ts$/u.test(line))).toEqual([]);
    expect(named(/(?:tsx |`)(apps\/\S+\.ts)\b/gu).filter((file) => !existsSync(join(root, file)))).toEqual(
      [],
    );
  });

  it("links only to files and headings that are there", async () => {
    const dead: string[] = [];
    for (const [, link = ""] of text.matchAll(/\]\(((?!https?:)[^)]+)\)/gu)) {
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? join(root, path) : resolve(root, dirname(path), file);
      if (!existsSync(target)) dead.push(link);
      else if (anchor !== undefined && !anchors(await readFile(target, "utf8")).includes(anchor))
        dead.push(link);
    }
    expect(dead).toEqual([]);
  });
});
