import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { contentHash } from "./content-hash.js";
import { invalidInput } from "./invalid.js";
import { priceTableSchema } from "./prices.js";

const runEntrySchema = z.object({
  /** The name, and for an instrument of the researcher's own the path of its module. */
  instrument: z.string(),
  module: z.string().nullable().default(null),
  version: z.string(),
  title: z.string(),
  /** What the report says of the instrument, where its settings make another thing of it. */
  about: z.array(z.string()).optional(),
  settings: z.record(z.string(), z.unknown()),
  /** Of these, as they were named when the run was begun or extended. */
  characters: z.array(z.object({ id: z.string(), name: z.string() })),
  methods: z.array(z.string()),
  models: z.array(z.string()),
  /** Null: the agents' model is the voice's. */
  agentModel: z.string().nullable(),
  /** Null: no subject of this run embeds anything. */
  embeddings: z.string().nullable(),
  repeats: z.number().int().min(1),
  seed: z.string(),
  framing: z.enum(["friend", "neutral"]),
  startedAt: z.iso.datetime(),
  /** When it was last run, to its end or not. */
  updatedAt: z.iso.datetime(),
  /** Host and port at which a model or the embeddings were asked, where one is known; no user, key or query. */
  servers: z.array(z.object({ model: z.string(), host: z.string() })).default([]),
  /** Versions of this program that ran it. */
  programs: z.array(z.string()).default([]),
  /** Samples planned by the last command, which may be less than the folder holds. */
  planned: z.number().int().min(0),
});

/** What one instrument of a run was asked to do. */
export type RunEntry = z.infer<typeof runEntrySchema>;

const runFileSchema = z.object({
  layout: z.literal(1),
  entries: z.array(runEntrySchema),
  /** What tokens cost, where the researcher said. */
  prices: priceTableSchema.nullable().default(null),
  /** Share of errors above which the run has failed. */
  errorRate: z.number().min(0).max(1).default(0.05),
});

/** `run.json` of a run's folder: what was asked for. What was found is in the ledger. */
export type RunFile = z.infer<typeof runFileSchema>;

/** Where a run's folder keeps its parts. */
export const runPaths = (folder: string) => ({
  ledger: join(folder, "ledger.sqlite"),
  run: join(folder, "run.json"),
  cache: join(folder, "cache.sqlite"),
  report: join(folder, "report.html"),
  results: join(folder, "results.json"),
});

/** Whether a run was begun in a folder: run.json is written before the first sample. */
export const isBegun = (folder: string): boolean => existsSync(runPaths(folder).run);

/**
 * What was asked of the run in a folder; an empty file where none was begun there.
 * @throws SimulacraError `invalid_input` where run.json is there and cannot be read
 */
export function readRunFile(folder: string): RunFile {
  const { run } = runPaths(folder);
  if (!isBegun(folder)) return { layout: 1, entries: [], prices: null, errorRate: 0.05 };
  try {
    return runFileSchema.parse(JSON.parse(readFileSync(run, "utf8")));
  } catch (cause) {
    throw invalidInput(
      `${run} is no run of this program: ${cause instanceof z.ZodError ? z.prettifyError(cause) : "it is not JSON"}. Correct it, or give another folder.`,
      { run },
      cause,
    );
  }
}

/**
 * As `readRunFile`, where there must be one.
 * @throws SimulacraError `invalid_input` where the folder holds no run
 */
export function existingRun(folder: string): RunFile {
  if (!isBegun(folder))
    throw invalidInput(
      `There is no run in ${folder}. Give the folder that "simulacra eval run --out" was given.`,
      { folder },
    );
  return readRunFile(folder);
}

export function writeRunFile(folder: string, file: RunFile): void {
  const { run } = runPaths(folder);
  // Written aside and renamed: a killed program leaves the old file or the new one.
  writeFileSync(`${run}.new`, `${JSON.stringify(file, null, 2)}\n`);
  renameSync(`${run}.new`, run);
}

/**
 * Adds what a command asks for. Further characters, methods, models and repeats extend the entry that is there; another
 * version, seed, framing, setting or model behind the scenes is an entry of its own.
 */
export function withEntry(entries: readonly RunEntry[], entry: RunEntry): RunEntry[] {
  const same = entries.findIndex((each) => fixed(each) === fixed(entry));
  const known = entries[same];
  if (!known) return [...entries, entry];
  const byId = new Map([...known.characters, ...entry.characters].map((each) => [each.id, each]));
  const extended: RunEntry = {
    ...entry,
    characters: [...byId.values()],
    methods: union(known.methods, entry.methods),
    models: union(known.models, entry.models),
    repeats: Math.max(known.repeats, entry.repeats),
    startedAt: known.startedAt,
    programs: union(known.programs, entry.programs),
    servers: [
      ...new Map([...known.servers, ...entry.servers].map((each) => [JSON.stringify(each), each])).values(),
    ],
  };
  return entries.with(same, extended);
}

const fixed = (entry: RunEntry): string => {
  const { instrument, version, settings, agentModel, embeddings, seed, framing } = entry;
  return contentHash({ instrument, version, settings, agentModel, embeddings, seed, framing });
};

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];
