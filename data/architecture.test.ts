import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Top to bottom: each room may import itself and what stands above it. */
const rooms = ["data", "models", "memory", "agents", "tools", "graphs", "evals", "apps", "dev"];
/** Variables that LangChain itself reads, and nothing of ours. */
const langChainReads = ["LANGSMITH_HIDE_INPUTS", "LANGSMITH_HIDE_OUTPUTS"];
/** All that `models/` may know of the rest of the house. */
const modelsMayUse = ["data/errors.js", "data/nearest-name.js"];
/** Rooms that may read the environment of a user. */
const outward = ["models", "apps"];

interface SourceFile {
  readonly path: string;
  /** The doubles of a room's tests, `dev/doubles/ROOM/`, count as tests of that room. */
  readonly room: string;
  readonly text: string;
  readonly forTests: boolean;
}

// A room that nothing has moved into yet has no folder in a clone.
const sources: SourceFile[] = rooms
  .filter((room) => existsSync(join(root, room)))
  .flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => {
        const path = join(room, name).split(sep).join("/");
        const forTests = /\.(test|long)\.ts$/u.test(path) || path.startsWith("dev/doubles/");
        return { path, room: roomOf(path), forTests, text: readFileSync(join(root, path), "utf8") };
      }),
  );
const program = sources.filter(({ forTests }) => !forTests);

/** Paths, from the root, of the files of ours that a file imports, lazily or not. */
function ownImports({ path, text }: SourceFile): string[] {
  const specifiers = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']*)["']/g);
  return [...specifiers].map(([, specifier = ""]) =>
    relative(root, resolve(root, dirname(path), specifier))
      .split(sep)
      .join("/"),
  );
}

function roomOf(path: string): string {
  return /^(?:dev\/doubles\/)?([^/]+)/u.exec(path)?.[1] ?? "";
}

function mayImport(file: SourceFile, imported: string): boolean {
  if (imported.startsWith("dev/doubles/") && !file.forTests && file.room !== "dev") return false;
  const from = rooms.indexOf(file.room);
  const to = rooms.indexOf(roomOf(imported));
  if (to === from) return true;
  if (file.room === "models" && !file.forTests) return modelsMayUse.includes(imported);
  if (file.forTests && rooms[to] === "models") return true;
  return to >= 0 && to < from;
}

/** Names of the environment variables that a file reads, or hands to somebody who reads them. */
function variablesRead({ text }: SourceFile): string[] {
  const reads = text.matchAll(/\benv(?:\.([A-Z][A-Z0-9_]*)\b|\[\s*["']([A-Z][A-Z0-9_]*)["']\s*\])/g);
  const keys = text.matchAll(/["']([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_API_KEY)["']/g);
  return [...reads, ...keys].map((match) => match[1] ?? match[2] ?? "");
}

describe("the house", () => {
  it("has files to look at", () => {
    expect(sources.map(({ path }) => path)).toContain("data/character.ts");
  });

  it("lets each room import only itself and the rooms above it", () => {
    const wrong = sources.flatMap((file) =>
      ownImports(file)
        .filter((imported) => !mayImport(file, imported))
        .map((imported) => `${file.path} imports ${imported}`),
    );
    expect(wrong).toEqual([]);
  });

  it("lets hosting/ stand on no other app, and studio/ on hosting/ alone", () => {
    const allowed: Record<string, string[]> = { hosting: [], studio: ["hosting"] };
    const wrong = program.flatMap((file) => {
      const [, app = ""] = file.path.split("/");
      return ownImports(file)
        .map((imported) => imported.split("/"))
        .filter(([room, other = ""]) => room === "apps" && other !== app && !allowed[app]?.includes(other))
        .filter(() => file.room === "apps" && app in allowed)
        .map((imported) => `${file.path} imports ${imported.join("/")}`);
    });
    expect(wrong).toEqual([]);
  });

  it("ships every room but dev/, and no tests", () => {
    const build: unknown = JSON.parse(readFileSync(join(root, "tsconfig.build.json"), "utf8"));
    expect(build).toMatchObject({
      include: ["index.ts", ...rooms.filter((room) => room !== "dev")],
      exclude: ["apps/examples", "**/*.test.ts", "**/*.long.ts"],
    });
  });

  it("reads the environment in models/ and apps/ only", () => {
    const inside = program.filter(
      ({ room, text }) => room !== "dev" && !outward.includes(room) && /\bprocess\.env\b/.test(text),
    );
    expect(inside.map(({ path }) => path)).toEqual([]);
  });

  it("lists every variable that is read, and no other, in .env.example, with a comment", () => {
    const example = readFileSync(join(root, ".env.example"), "utf8");
    const listed = new Set([...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1]));
    const read = program
      .filter(({ room }) => outward.includes(room))
      .flatMap((file) => variablesRead(file).map((variable) => ({ variable, path: file.path })));
    expect(read.filter(({ variable }) => !listed.has(variable))).toEqual([]);
    const somebodyReads = new Set([...langChainReads, ...read.map(({ variable }) => variable)]);
    expect([...listed].filter((variable) => !somebodyReads.has(variable ?? ""))).toEqual([]);
    const uncommented = [...example.matchAll(/^(?!#)(.*)\n([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[2]);
    expect(uncommented).toEqual([]);
  });
});
