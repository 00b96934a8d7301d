import { characterSchema } from "../../../data/character.js";
import type { Instrument } from "../../../evals/core/contract.js";
import { countedEmbeddings } from "../../../evals/core/counted-embeddings.js";
import type { Ledger } from "../../../evals/core/ledger.js";
import { pendingSessions } from "../../../evals/core/pending-sessions.js";
import type { ReplyCache } from "../../../evals/core/reply-cache.js";
import { type RunOptions, runSessions } from "../../../evals/core/run-sessions.js";
import { InProcessQueue } from "../../../evals/core/session-queue.js";
import { SimulacrumSubject, type SubjectOptions } from "../../../evals/core/simulacrum-subject.js";
import { Subjects } from "../../../evals/core/subjects.js";
import { methodNamed } from "../../../graphs/methods.js";
import { type ClientOptions, LexicalEmbeddings, resolveChatModel } from "../../../models/index.js";
import { anna } from "../graphs/scripted-agents.js";
import { sums } from "./sums.js";

// Double of a whole run: sums are put to real simulacra over real HTTP.

/** What a run of sums is made of. */
export interface SumsRun extends Pick<RunOptions, "mayBegin" | "onSample" | "signal"> {
  ledger: Ledger;
  subjects: Subjects;
  /** @default sums */
  instrument?: Instrument;
  /** @default 1 */
  people?: number;
  /** @default prompt */
  methods?: readonly string[];
  /** Items of a person. @default 2 */
  items?: number;
  /** All items of a person in one session. @default false */
  together?: boolean;
  /** @default 1 */
  repeats?: number;
  /** @default 1 */
  concurrency?: number;
}

/** Holds the plan against the ledger and puts what is missing. */
export async function runSums(run: SumsRun) {
  const { ledger, subjects, people = 1, methods = ["prompt"], repeats = 1, concurrency = 1 } = run;
  const { instrument = sums as Instrument, items = 2, together = false, ...rest } = run;
  const plan = await instrument.plan({
    characters: Array.from({ length: people }, (_, at) =>
      characterSchema.parse({ id: `anna-${at}`, name: "Anna Berg" }),
    ),
    methods,
    models: ["stub"],
    repeats,
    seed: "1",
    framing: "friend",
    settings: { items, together },
  });
  const pending = await pendingSessions(instrument, plan, subjects, ledger);
  const { mayBegin, onSample, signal } = rest;
  const stopped = await runSessions(pending.sessions, {
    instrument,
    plan,
    ledger,
    queue: new InProcessQueue(concurrency),
    ...(mayBegin && { mayBegin }),
    ...(onSample && { onSample }),
    ...(signal && { signal }),
  });
  return { ...pending, stopped };
}

/** Simulacra of one character, whatever they are called, whose model is a server; all on one client. */
export async function simulacraOver(
  baseURL: string,
  {
    cache,
    embeddings = new LexicalEmbeddings(),
    ...client
  }: ClientOptions & { cache?: ReplyCache; embeddings?: SubjectOptions["embeddings"] } = {},
): Promise<Subjects> {
  const model = await resolveChatModel("openai:stub", {
    env: { OPENAI_BASE_URL: baseURL },
    ...client,
    ...(cache && { cache }),
  });
  return new Subjects((plan) => {
    if (plan.kind !== "simulacrum") throw new Error("only simulacra take part here");
    return SimulacrumSubject.open({
      character: { ...anna, id: plan.character },
      method: methodNamed(plan.method).id,
      model,
      embeddings: countedEmbeddings(embeddings),
      embeddingModel: "lexical-384",
    });
  });
}
