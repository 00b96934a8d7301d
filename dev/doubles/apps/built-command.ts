import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { z } from "zod";

// The built command as a user has it: a process of its own, in a folder of its own, with nothing configured.

const root = fileURLToPath(new URL("../../../", import.meta.url));
export const program = join(root, "dist/apps/cli/main.js");

/** The folder in which the command runs; a new one for every test. */
export let folder: string;
beforeAll(() => {
  execFileSync(process.execPath, [join(root, "apps/cli/ensure-build.mjs")], { stdio: "ignore" });
}, 180_000);
beforeEach(async () => {
  await rm(folder ?? "", { recursive: true, force: true });
  folder = await mkdtemp(join(tmpdir(), "simulacra-cli-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Nothing of the developer's own settings reaches the command; hashed embeddings need no time to load. */
export function environment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, SIMULACRA_EMBEDDINGS: "lexical", ...extra };
}

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

export function start(args: string[], env?: NodeJS.ProcessEnv): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [program, ...args], { cwd: folder, env: environment(env) });
}

export async function simulacra(
  args: string[],
  options: { input?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Run> {
  const child = start(args, options.env);
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}

/** Runs with --json; stdout must be exactly one document of this shape. */
export async function json<T>(
  schema: z.ZodType<T>,
  args: string[],
  options: { env?: NodeJS.ProcessEnv } = {},
): Promise<T> {
  const run = await simulacra([...args, "--json"], options);
  expect(run.code, run.stderr).toBe(0);
  return schema.parse(JSON.parse(run.stdout));
}

export const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const affect = { valence: z.number(), arousal: z.number() };
export const memorySchema = z.object({
  id: z.string(),
  text: z.string(),
  score: z.number(),
  parts: z.record(z.string(), z.number()),
  source: z.object({ kind: z.string() }),
});
export const askSchema = z.object({
  character: z.literal("hester-tranter"),
  method: z.string(),
  model: z.literal("offline"),
  thread: z.string(),
  answer: z.string().min(1),
  degraded: z.array(z.string()),
  mind: z
    .object({
      reflection: z.object({ keyElements: z.array(z.string()), queries: z.array(z.string()) }).nullable(),
      memories: z.array(memorySchema),
      thought: z.string().nullable(),
      feeling: z.object({ text: z.string(), ...affect }).nullable(),
      mood: z.object(affect),
    })
    .nullable(),
  usage: z.object({
    calls: z.number(),
    inputTokens: z.number(),
    outputTokens: z.number(),
    byRole: z.record(z.string(), z.object({ calls: z.number() })),
  }),
});

export const person = {
  id: "ned-flat",
  name: "Ned Flat",
  profile: { age: 40, occupation: "a miller" },
  personality: { traits: ["I say little."] },
  source: { origin: "a test", licence: "none" },
};

export async function writePerson(files: Record<string, string> = {}): Promise<void> {
  const path = join(folder, "ned");
  await mkdir(path, { recursive: true });
  for (const [file, content] of Object.entries({ "character.json": JSON.stringify(person), ...files }))
    await writeFile(join(path, file), content);
}
