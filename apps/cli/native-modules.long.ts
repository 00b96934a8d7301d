import { execFile, execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

// The installed package after Node.js was changed: a copy of the build, whose native modules are files that no Node loads.

const root = fileURLToPath(new URL("../../", import.meta.url));
const compiled = { "better-sqlite3": "better_sqlite3.node", "hnswlib-node": "addon.node" };

let folder: string;
beforeAll(async () => {
  execFileSync(process.execPath, [join(root, "apps/cli/ensure-build.mjs")], { stdio: "ignore" });
  folder = await mkdtemp(join(tmpdir(), "simulacra-native-"));
  await cp(join(root, "dist"), join(folder, "dist"), { recursive: true });
  await cp(join(root, "package.json"), join(folder, "package.json"));
  await mkdir(join(folder, "node_modules"));
  for (const name of await readdir(join(root, "node_modules")))
    if (!(name in compiled))
      await symlink(join(root, "node_modules", name), join(folder, "node_modules", name));
  for (const [name, file] of Object.entries(compiled)) {
    const copy = join(folder, "node_modules", name);
    for (const part of ["lib", "package.json"])
      await cp(join(root, "node_modules", name, part), join(copy, part), { recursive: true });
    await mkdir(join(copy, "build/Release"), { recursive: true });
    await writeFile(join(copy, "build/Release", file), `${"no library ".repeat(1000)}\n`);
  }
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function simulacra(program: string, ...args: string[]) {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, SIMULACRA_EMBEDDINGS: "lexical" };
  return new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [join(program, "dist/apps/cli/main.js"), ...args],
      { cwd: folder, env },
      (error, out, err) => resolve({ code: error?.code ?? 0, out, err }),
    );
    child.stdin?.end();
  });
}

it("says in every command that needs them what to run, and that the data are untouched", async () => {
  expect(await simulacra(root, "ask", "hester-tranter", "Good morning.", "--thread", "t")).toMatchObject({
    code: 0,
  });
  const database = join(folder, ".simulacra/memory/hester-tranter/memory.sqlite");
  const before = await readFile(database);
  const commands = [
    ["ask", "hester-tranter", "Good morning."],
    ["chat", "hester-tranter"],
    ["recall", "hester-tranter", "rope"],
    ["memory", "hester-tranter"],
    ["memory", "hester-tranter", "forget", "me"],
    ["export", "hester-tranter", "out", "--learnt"],
    ["remember", "kuo-yu-hsiang"],
    ["graph", "macm"],
    ["eval", "run", "self-report", "--out", "run", "--models", "offline"],
  ];
  for (const command of commands) {
    const { code, err } = await simulacra(folder, ...command);
    expect(err, command.join(" ")).toMatch(
      /(better-sqlite3|hnswlib-node) does not load in Node\.js [\d.]+: .*Run: npm rebuild \(in .*Everything stored is untouched\./u,
    );
    expect(err).not.toContain("    at ");
    expect(code, command.join(" ")).toBe(1);
  }
  expect(await readFile(database)).toEqual(before);
  for (const command of [["characters"], ["--help"], ["import", "--help"]])
    expect(await simulacra(folder, ...command)).toMatchObject({ code: 0, err: "" });
}, 120_000);

it("lets doctor start, say so, and advise to delete nothing", async () => {
  const { code, out } = await simulacra(folder, "doctor");
  expect(code).toBe(1);
  for (const name of Object.keys(compiled))
    expect(out).toMatch(new RegExp(`(fail|warn) {2}${name} .*does not load`, "u"));
  expect(out).toContain("npm rebuild better-sqlite3");
  expect(out).toContain("it is untouched");
  expect(out).not.toMatch(/delete/iu);
}, 60_000);

it("says so too where a module was never compiled", async () => {
  await rm(join(folder, "node_modules/better-sqlite3/build"), { recursive: true });
  await rm(join(folder, "node_modules/hnswlib-node/build"), { recursive: true });
  const { code, err } = await simulacra(folder, "memory", "hester-tranter");
  expect(code).toBe(1);
  expect(err).toMatch(/does not load in Node\.js .*never compiled\. Run: npm rebuild/u);
}, 60_000);
