import { accessSync, constants, mkdirSync, rmSync } from "node:fs";
import { CONTEXT_TOKENS } from "../../agents/prompt-budget.js";
import { isSimulacraError, reasonOf } from "../../data/errors.js";
import { LexicalEmbeddings, resolveEmbeddings } from "../../models/index.js";
import { checkNoConflict } from "./conflicting-sessions.js";
import type { UsageByRole } from "./contract.js";
import { countingModel, type Estimate, estimate, REPLY_TOKENS } from "./estimate.js";
import { type EvaluationOptions, type FullOptions, fullOptions } from "./evaluation-options.js";
import { chatModelOf, checkLimits, embeddingsOf, openRun, sources } from "./open-run.js";
import { type NamedEmbeddings, SubjectOpener } from "./open-subjects.js";
import { pendingSessions } from "./pending-sessions.js";
import { type Preparation, type PreparedInstrument, prepareEvaluation } from "./prepare-evaluation.js";
import { costOf } from "./prices.js";
import { isBegun } from "./run-file.js";
import { Subjects } from "./subjects.js";
import { addUsage, type UsageSum } from "./usage-by-role.js";

/** What a run would do, told before anything is spent. */
export interface EvaluationPlan {
  /** Everything that must be corrected first; empty where the run can begin. */
  problems: string[];
  instruments: InstrumentOutlook[];
  /** Estimated calls and tokens of what is still to be put, by role. */
  usage: UsageByRole;
  /** Estimated; null without a price table, or where it lacks a model that is called. */
  cost: { amount: number; currency: string } | null;
  /** What the estimate rests on. */
  assumed: { replyTokens: number; notes: string[] };
}

/** One instrument of the plan. */
export interface InstrumentOutlook {
  name: string;
  title: string;
  characters: string[];
  sessions: number;
  samples: number;
  /** Samples that the folder holds already. */
  done: number;
  byModel: Estimate;
  /** Tokens of the longest prompt tried. */
  longestPrompt: number;
}

/** Embeddings that run in the process: asking them costs nothing. */
const inProcess = /^(?:energetic|lexical)?$/u;

/**
 * Checks a run and estimates what it takes, without a call of a chat model: the first sessions of every condition go
 * through the session graph with a model that counts its prompts and replies briefly.
 */
export async function planEvaluation(given: EvaluationOptions): Promise<EvaluationPlan> {
  const options = fullOptions(given);
  const preparation = await prepareEvaluation(options);
  const problems = [...preparation.problems, ...(await problemsBeforehand(options))];
  const plan: EvaluationPlan = {
    problems,
    instruments: [],
    usage: {},
    cost: null,
    assumed: { replyTokens: REPLY_TOKENS, notes: [] },
  };
  if (problems.length > 0) return plan;
  const { embeddings, notes, home } = await freeEmbeddings(options);
  plan.assumed.notes.push(...notes);
  const counting = { ...options, ...(home ? {} : { home: undefined }) };
  try {
    for (const prepared of preparation.instruments)
      plan.instruments.push(
        await outlookOf(prepared, options, counting as FullOptions, preparation, embeddings),
      );
  } catch (error) {
    // What a person has to correct is told with the rest; a fault of the program is not.
    if (!isSimulacraError(error) || error.fault === "internal") throw error;
    problems.push(error.message);
    return plan;
  }
  for (const { name, longestPrompt } of plan.instruments)
    if (longestPrompt > CONTEXT_TOKENS)
      problems.push(
        `${name}: a prompt takes ${longestPrompt} tokens, more than the ${CONTEXT_TOKENS} that must be enough.`,
      );
  addUp(plan, options, embeddings.id);
  return plan;
}

async function outlookOf(
  prepared: PreparedInstrument,
  options: FullOptions,
  counting: FullOptions,
  { characters }: Preparation,
  embeddings: NamedEmbeddings,
): Promise<InstrumentOutlook> {
  const { instrument, plan, request } = prepared;
  let longest = 0;
  const opener = new SubjectOpener({
    ...sources(counting, characters),
    chatModel: (name) => countingModel((tokens) => (longest = Math.max(longest, tokens)), name),
    embeddings: async () => embeddings,
  });
  const subjects = new Subjects((subject) => opener.open(subject));
  try {
    const pending = isBegun(options.out)
      ? await pendingInFolder(prepared, options, characters)
      : await pendingSessions(instrument, plan, subjects, { settled: async () => new Map() });
    const byModel = await estimate(instrument, plan, pending.sessions, opener);
    return {
      name: instrument.name,
      title: instrument.title,
      characters: request.characters.map(({ id }) => id),
      sessions: pending.keys.size,
      samples: pending.planned,
      done: pending.settled,
      byModel,
      longestPrompt: longest,
    };
  } finally {
    await subjects.close();
    await opener.close();
  }
}

/** What the folder does not hold yet; whoever is in it must be opened as the run would. */
async function pendingInFolder(
  { instrument, plan }: PreparedInstrument,
  options: FullOptions,
  characters: Preparation["characters"],
) {
  const run = await openRun({ ...options, cache: false }, characters);
  try {
    const pending = await pendingSessions(instrument, plan, run.subjects, run.ledger);
    await checkNoConflict(instrument, plan, pending.keys, run.ledger);
    return pending;
  } finally {
    await run.close();
  }
}

/** What is wrong with models, keys, prices and the folder. */
async function problemsBeforehand(options: FullOptions): Promise<string[]> {
  const { models, agentModel, embeddings } = options;
  const checks: (() => unknown)[] = [
    ...[...models, ...(agentModel === undefined ? [] : [agentModel])].map(
      (name) => () => chatModelOf(options, name, {}),
    ),
    () => checkLimits(options),
    () => checkWritable(options.out),
    // The others are asked what they give, which may cost.
    ...(typeof embeddings === "string" && inProcess.test(embeddings)
      ? [() => resolveEmbeddings(embeddings)]
      : []),
  ];
  const problems: string[] = [];
  for (const check of checks)
    try {
      await check();
    } catch (error) {
      problems.push(reasonOf(error));
    }
  return [...new Set(problems)];
}

/** Makes the folder, looks whether it can be written, and leaves nothing behind. */
function checkWritable(folder: string): void {
  let made: string | undefined;
  try {
    made = mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new Error(`--out: ${folder} cannot be written. Give a folder of yours.`, { cause });
  } finally {
    if (made !== undefined) rmSync(made, { recursive: true });
  }
}

/** Embeddings for an estimate: those of the run where they cost nothing, else lexical ones over built-in memories. */
async function freeEmbeddings(
  options: FullOptions,
): Promise<{ embeddings: NamedEmbeddings; notes: string[]; home: boolean }> {
  const { embeddings } = options;
  if (typeof embeddings !== "object" && inProcess.test(embeddings ?? ""))
    return { embeddings: await embeddingsOf(options), notes: [], home: true };
  return {
    embeddings: { embeddings: new LexicalEmbeddings(), id: `lexical-${LexicalEmbeddings.dimensions}` },
    notes: [
      "Prompts were worded with lexical embeddings, which cost nothing, and with the memories that characters come with.",
      isBegun(options.out)
        ? "To know what the folder holds already, the run's own embeddings may have been asked: for the size of their vectors and, for rag, for passages that are not kept yet."
        : "The run's own embeddings were not asked.",
    ],
    home: false,
  };
}

function addUp(plan: EvaluationPlan, { prices, agentModel }: FullOptions, embeddings: string): void {
  const usage: UsageSum = {};
  let amount: number | undefined = 0;
  for (const { byModel } of plan.instruments)
    for (const { model, usage: ofModel } of byModel) {
      addUsage(usage, ofModel);
      const cost = prices && costOf(ofModel, model, { agentModel: agentModel ?? null, embeddings }, prices);
      amount = cost === undefined || amount === undefined ? undefined : amount + cost;
    }
  plan.usage = usage;
  if (prices && amount !== undefined) plan.cost = { amount, currency: prices.currency };
}
