import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

// `npm run pack-test`: what the registry would get, installed into an app that already uses LangChain. Ten lines bring a
// character of the app's own to life, types check, and there is one @langchain/core. Takes one to three minutes (native modules compile).

// With `--reuse-native` the native modules of this repository are taken instead: some twenty seconds.

const reuseNative = process.argv.includes("--reuse-native");
const root = fileURLToPath(new URL("../", import.meta.url));

/** What the app has before: exact versions, as its lockfile would hold them. */
const app = {
  name: "an-existing-langchain-app",
  private: true,
  type: "module",
  dependencies: {
    "@langchain/core": "1.2.13",
    "@langchain/langgraph": "1.4.17",
    langchain: "1.5.14",
  },
  devDependencies: { typescript: "5.9.3", "@types/node": "20.19.43" },
};

const tsconfig = {
  compilerOptions: {
    target: "ES2022",
    module: "NodeNext",
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    outDir: "out",
    types: ["node"],
  },
  include: ["app.ts"],
};

const program = `import { createAgent } from "langchain";
import { fakeModel } from "@langchain/core/testing";
import { characterSchema, createSimulacrum } from "langgraph-simulacra";
import { simulacrumAsTool } from "langgraph-simulacra/tools";

const character = characterSchema.parse({
  id: "nell-voss", name: "Nell Voss", personality: { traits: ["I mend clocks and I am never late."] },
  biography: "Nell Voss mends church clocks in Ghent.\\n\\nHer grandmother Odile taught her the trade in 1988.",
});
const nell = await createSimulacrum({ character, model: "offline", embeddings: "lexical" });
const { answer } = await nell.ask("Who taught you to mend clocks?", { thread: "first" });
console.log(JSON.stringify({ answer, disclosure: nell.disclosure }));
const agent = createAgent({
  model: fakeModel(),
  tools: [nell.asTool({ interlocutor: { id: "me" } }), nell.recallTool(), simulacrumAsTool(nell, { name: "nell" })],
  store: nell.asStore({ owner: "me" }),
});
void agent;
const { name, description, runnable } = nell.asSubagent();
void [name, description, runnable, nell.asRetriever({ owner: "me" })];
await nell.close();
`;

const packedSchema = z.array(
  z.object({
    filename: z.string(),
    size: z.number(),
    unpackedSize: z.number(),
    files: z.array(z.object({ path: z.string() })),
  }),
);

/** What no installed package needs. */
const forDevelopment = /\.(test|long)\.|(^|\/)(dev|examples)\/|vitest|(^|\/)\.(ci|env$)|^evals\/.*\.ts$/u;

/** What every installed package needs. */
const wanted = [
  "package.json",
  "README.md",
  "LICENSE",
  "dist/index.js",
  "dist/index.d.ts",
  "dist/tools/index.js",
  "dist/tools/index.d.ts",
  "dist/apps/cli/main.js",
  "data/characters/hester-tranter/character.json",
];

type Tree = { version?: string | undefined; dependencies?: Record<string, Tree> | undefined };
const treeSchema: z.ZodType<Tree> = z.lazy(() =>
  z.object({ version: z.string().optional(), dependencies: z.record(z.string(), treeSchema).optional() }),
);

/** Every version of a package in a tree of `npm ls`. */
function versionsOf(name: string, tree: Tree): string[] {
  return Object.entries(tree.dependencies ?? {}).flatMap(([dependency, below]) => [
    ...(dependency === name && below.version !== undefined ? [below.version] : []),
    ...versionsOf(name, below),
  ]);
}

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
  console.log(`ok  ${what}`);
}

const folder = await mkdtemp(join(tmpdir(), "simulacra-pack-"));
const run = (command: string, args: string[], cwd: string) =>
  execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 64e6,
    stdio: ["ignore", "pipe", "inherit"],
  });
try {
  const packing = run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], root);
  const [packed] = packedSchema.parse(JSON.parse(packing));
  if (!packed) throw new Error("npm pack made nothing");
  const paths = packed.files.map(({ path }) => path);
  const missing = wanted.filter((path) => !paths.includes(path));
  check(
    missing.length === 0,
    `the tarball holds what is wanted${missing.length ? `; missing: ${missing.join(", ")}. Run npm run build first` : ""}`,
  );
  const unwanted = paths.filter((path) => forDevelopment.test(path));
  check(
    unwanted.length === 0,
    `nothing in it is for development only${unwanted.length ? `; but: ${unwanted.slice(0, 5).join(", ")}. Delete dist and build again` : ""}`,
  );
  console.log(
    `    ${paths.length} files, ${(packed.size / 1e6).toFixed(2)} MB packed, ${(packed.unpackedSize / 1e6).toFixed(2)} MB unpacked`,
  );

  const home = join(folder, "app");
  await mkdir(home);
  await writeFile(join(home, "package.json"), JSON.stringify(app, null, 2));
  await writeFile(join(home, "tsconfig.json"), JSON.stringify(tsconfig, null, 2));
  await writeFile(join(home, "app.ts"), program);
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  run("npm", ["install", ...quiet], home);
  const scripts = reuseNative ? ["--ignore-scripts"] : [];
  run("npm", ["install", ...quiet, ...scripts, join(folder, packed.filename)], home);
  for (const native of reuseNative ? ["better-sqlite3", "hnswlib-node"] : []) {
    const built = join("node_modules", native, "build");
    await cp(join(root, built), join(home, built), { recursive: true });
  }

  run("npx", ["--no-install", "tsc", "-p", "."], home);
  console.log("ok  its types check in the app, and createAgent takes the tools");
  const told: unknown = JSON.parse(run("node", ["out/app.js"], home));
  const { answer, disclosure } = z.object({ answer: z.string(), disclosure: z.string() }).parse(told);
  check(/clocks|Odile/u.test(answer), `a character of the app's own answers: ${answer}`);
  check(disclosure.includes("computer-generated"), disclosure);
  const tree = treeSchema.parse(JSON.parse(run("npm", ["ls", "@langchain/core", "--all", "--json"], home)));
  const cores = [...new Set(versionsOf("@langchain/core", tree))];
  check(cores.length === 1 && cores[0] === "1.2.13", `there is one @langchain/core: ${cores.join(", ")}`);
  const found = run("find", ["node_modules", "-path", "*@langchain/core/package.json"], home)
    .trim()
    .split("\n");
  check(found.length === 1, `and it lies in one place: ${found.join(", ")}`);
  const listed = run("npx", ["--no-install", "simulacra", "characters", "--json"], home);
  check(listed.includes("hester-tranter"), "the command simulacra is there, with the package's characters");
} finally {
  await rm(folder, { recursive: true, force: true });
}
