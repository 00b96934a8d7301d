import type { Callbacks } from "@langchain/core/callbacks/manager";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { z } from "zod";
import { chosenAgents } from "../../agents/chosen-agents.js";
import type { Character } from "../../data/character.js";
import { conditionName, readCondition } from "../../graphs/conditions.js";
import { methodIds } from "../../graphs/methods.js";
import type { ReplyTimeLimits } from "../../models/index.js";
import type { EvaluationBackend } from "./backend.js";
import type { Framing, Instrument, Sample } from "./contract.js";
import type { GivenSettings } from "./instrument-settings.js";
import { invalidOption } from "./invalid.js";
import type { NamedEmbeddings } from "./open-subjects.js";
import type { PriceTable } from "./prices.js";

/** What is measured, with what, and how often. */
export interface EvaluationOptions {
  /** Names ("self-report"), paths of modules (./my-instrument.js), or instruments themselves. */
  instruments: readonly (string | Instrument)[];
  /** Folder of the run: ledger, run.json, report. The same folder again goes on with the run. */
  out: string;
  /** Ids, names, or characters themselves; "all": for each instrument those who can take it. @default "all" */
  characters?: "all" | readonly (string | Character)[];
  /** Methods, or conditions of one: "macm:without=emotion". @default all methods */
  methods?: readonly string[];
  /** Names of chat models. @default ["offline"] */
  models?: readonly string[];
  /** Name of the model of the agents of `macm`. @default the voice's */
  agentModel?: string;
  /** Name, or LangChain embeddings with the name of their space. @default as `resolveEmbeddings` */
  embeddings?: string | NamedEmbeddings;
  /** @default 3 */
  repeats?: number;
  /** @default "1" */
  seed?: string | number;
  /** Sessions, and calls of each model, at the same time. @default 8 */
  concurrency?: number;
  /** @default "friend" */
  framing?: Framing;
  /** Settings of instruments, by name, or `instrument.name` for one of several. */
  settings?: GivenSettings;
  /** Folder of imported characters and built memories (SIMULACRA_HOME). @default only what the package has */
  home?: string;
  /** Models of your own by name; undefined leaves the name to `resolveChatModel`. */
  chatModel?: (
    name: string,
    options: { topLogprobs?: number },
  ) => BaseChatModel | undefined | Promise<BaseChatModel | undefined>;
  /** Where keys and base URLs of models are read. @default the environment of the process */
  env?: Record<string, string | undefined>;
  /** Longest waits for models that are given by name. @default 120 s, 60 s, 1800 s, or the environment's */
  timeLimits?: ReplyTimeLimits;
  /** Keeps replies in the run's folder, so that the same call is paid for once. @default true */
  cache?: boolean;
  /** Calls of chat models that this run makes at most; it stops before a session that might need more. */
  maxCalls?: number;
  /** The same in money; needs `prices`. */
  maxCost?: number;
  prices?: PriceTable;
  /** Share of items in error above which the run has failed. @default 0.05 */
  errorRate?: number;
  /** Where the ledger is kept and sessions are queued. @default a file in the folder, and this process */
  backend?: EvaluationBackend;
  /** LangChain callbacks: each session is one trace. */
  callbacks?: Callbacks;
  /** Breaks off; what is finished is kept. */
  signal?: AbortSignal;
  onProgress?: (progress: EvaluationProgress) => void;
}

/** How far a run has come. */
export interface EvaluationProgress {
  instrument: string;
  /** Samples of all instruments of this run, and of these done, earlier runs counted in. */
  planned: number;
  done: number;
  /** Of the samples of this command. */
  made: number;
  errors: number;
  refusals: number;
  unparsable: number;
  inputTokens: number;
  outputTokens: number;
  sample: Sample;
}

const bounds = z.object({
  instruments: z.array(z.unknown()).min(1),
  out: z.string().min(1),
  characters: z.union([z.literal("all"), z.array(z.unknown()).min(1)]).default("all"),
  methods: z
    .array(z.string())
    .min(1)
    .default([...methodIds]),
  models: z.array(z.string().trim().min(1)).min(1).default(["offline"]),
  repeats: z.number().int().min(1).max(10_000).default(3),
  seed: z
    .union([z.string().min(1), z.number().int()])
    .transform(String)
    .default("1"),
  concurrency: z.number().int().min(1).max(1_000).default(8),
  framing: z.enum(["friend", "neutral"]).default("friend"),
  maxCalls: z.number().int().min(0).optional(),
  maxCost: z.number().min(0).optional(),
  errorRate: z.number().min(0).max(1).default(0.05),
});

/** Options with their defaults. */
export type FullOptions = EvaluationOptions &
  Required<
    Pick<EvaluationOptions, "methods" | "models" | "repeats" | "concurrency" | "framing" | "errorRate">
  > & {
    seed: string;
    settings: GivenSettings;
  };

/** A condition under its one name. @throws SimulacraError `invalid_option` */
function checkedCondition(text: string): string {
  const played = readCondition(text);
  if (played.without.length > 0) chosenAgents(played, played.method);
  return conditionName(played);
}

/**
 * Merges options with their defaults and checks them.
 * @throws SimulacraError `invalid_option` naming the option
 */
export function fullOptions(options: EvaluationOptions): FullOptions {
  const read = bounds.safeParse(options);
  if (!read.success)
    throw invalidOption(`Options of the evaluation:\n${z.prettifyError(read.error)}`, {}, read.error);
  if (options.maxCost !== undefined && !options.prices)
    throw invalidOption("A limit in money needs a price table (--prices FILE, option prices).");
  const { repeats, seed, concurrency, framing, errorRate } = read.data;
  const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
  return {
    ...options,
    methods: unique(read.data.methods.map(checkedCondition)),
    models: unique(read.data.models),
    repeats,
    seed,
    concurrency,
    framing,
    errorRate,
    settings: options.settings ?? {},
  };
}
