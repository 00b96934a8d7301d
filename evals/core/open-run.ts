import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { Character } from "../../data/character.js";
import { memoryFolder } from "../../data/home-folder.js";
import { clientOf, resolveChatModel, resolveEmbeddings, serverOf } from "../../models/index.js";
import { embeddedBackend } from "./backend.js";
import type { FullOptions } from "./evaluation-options.js";
import type { Ledger } from "./ledger.js";
import { type NamedEmbeddings, SubjectOpener, type SubjectSources } from "./open-subjects.js";
import { checkPrices } from "./prices.js";
import { ReplyCache } from "./reply-cache.js";
import { runPaths } from "./run-file.js";
import type { SessionQueue } from "./session-queue.js";
import { Subjects } from "./subjects.js";

/** What the sessions of a run share: ledger, queue, models with one limiter each, embeddings, memories, the cache. */
export interface OpenedRun {
  ledger: Ledger;
  queue: SessionQueue;
  subjects: Subjects;
  /** Space of the embeddings, once somebody needed them. */
  embeddings(): string | null;
  /** Where models and embeddings that somebody needed are asked, as far as it is known. */
  servers(): { model: string; host: string }[];
  close(): Promise<void>;
}

/**
 * Opens what a run needs: the one place where a run is put together. No chat model is called.
 * @throws SimulacraError `unknown_model`, `missing_key`, `missing_package`, those of the ledger
 */
export async function openRun(options: FullOptions, characters: readonly Character[]): Promise<OpenedRun> {
  const { backend = embeddedBackend } = options;
  const ledger = await backend.openLedger(options.out);
  const queue = await backend.openQueue(options.concurrency);
  const cache = options.cache === false ? undefined : new ReplyCache(runPaths(options.out).cache);
  let space: string | null = null;
  const hosts = new Map<string, string>();
  const noteServer = (name: string, asked: object): void => {
    const host = serverOf(asked);
    if (host !== null) hosts.set(name, host);
  };
  const opener = new SubjectOpener({
    ...sources(options, characters),
    chatModel: async (name, wanted) => {
      const model = await chatModelOf(options, name, wanted, cache);
      noteServer(name, model);
      return model;
    },
    embeddings: async () => {
      const named = await embeddingsOf(options);
      space = named.id;
      noteServer(named.id, named.embeddings);
      return named;
    },
  });
  const subjects = new Subjects((plan) => opener.open(plan));
  return {
    ledger,
    queue,
    subjects,
    embeddings: () => space,
    servers: () => [...hosts].map(([model, host]) => ({ model, host })),
    async close() {
      try {
        await subjects.close();
        await opener.close();
      } finally {
        cache?.close();
        await queue.close();
        await ledger.close();
      }
    },
  };
}

/** What subjects are made of, but for their models. */
export function sources(
  { home, agentModel }: FullOptions,
  characters: readonly Character[],
): Omit<SubjectSources, "chatModel" | "embeddings"> {
  return {
    characters,
    ...(home !== undefined && { memoryHome: (id: string) => memoryFolder(home, id) }),
    ...(agentModel !== undefined && { agentModel }),
  };
}

/** A chat model by name: one of the caller's own, or a resolved one, with one limiter as wide as the run. */
export async function chatModelOf(
  { chatModel, concurrency, env, timeLimits }: FullOptions,
  name: string,
  wanted: { topLogprobs?: number },
  cache?: ReplyCache,
): Promise<BaseChatModel> {
  const own = await chatModel?.(name, wanted);
  if (own) return clientOf(own, { concurrency, name });
  return resolveChatModel(name, {
    concurrency,
    ...(env && { env: { ...env } }),
    ...timeLimits,
    ...(cache && { cache }),
    ...wanted,
  });
}

/** The embeddings of a run. */
export async function embeddingsOf({ embeddings, env }: FullOptions): Promise<NamedEmbeddings> {
  if (typeof embeddings === "object") return embeddings;
  return resolveEmbeddings(embeddings, env ? { env: { ...env } } : {});
}

/**
 * Checks the price table against the models of the run, where money is limited.
 * @throws SimulacraError `invalid_option`
 */
export function checkLimits({ maxCost, prices, models, agentModel, embeddings }: FullOptions): void {
  if (maxCost === undefined || !prices) return;
  const space = typeof embeddings === "object" ? embeddings.id : embeddings;
  checkPrices([...models, ...(agentModel === undefined ? [] : [agentModel])], space, prices);
}
