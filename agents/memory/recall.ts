import type { RecalledMemory } from "../../memory/recalled-memory.js";
import type { Recollection } from "../../memory/simulacrum-memory.js";
import type { AgentTurn } from "../agent.js";
import type { MindState } from "../mind.js";
import { audienceIn, threadOf } from "../turn.js";
import { tracedRecall } from "./traced-recall.js";
import { wordsToSearchFor } from "./words-to-search-for.js";

/**
 * Memory recalls by the stimulus and by Top's queries, in the life story and in what was said among those present.
 * It makes no chat call. Below the character's threshold nothing counts as remembered, and the voice is told so.
 * Where the embeddings fail words have to do, and the turn is marked. Where it fails, what a first recall of the turn
 * has found stands.
 */
export async function recall(turn: AgentTurn): Promise<Recollection | null> {
  const { state, config, view, deps } = turn;
  const thread = threadOf(config);
  const memory = deps.memory(thread);
  if (!memory) return null;
  const queries = [wordsToSearchFor(view.stimulus), ...(state.reflection?.queries ?? [])];
  const where = { present: audienceIn(state, thread), k: deps.recallLimit };
  const found = await tracedRecall(queries, config, async (asked) => {
    const recalled = await memory.recall(asked, where);
    return { ...recalled, memories: recalled.memories.filter((memory) => !isLeft(memory, state.talk)) };
  });
  const { nothingRelevant, lexicalOnly } = found;
  if (lexicalOnly) turn.partlyFailed(lexicalOnly.reason);
  if (!nothingRelevant) return found;
  if (!asksForMemory(state, view.said)) return { ...found, memories: [] };
  const few = lexicalOnly === undefined && found.memories.length < deps.recallLimit;
  return { ...found, memories: few ? found.memories : nearest(found.memories) };
}

/** Whether a memory comes from a turn that the host's conversation has left, or edited. */
const isLeft = ({ source }: RecalledMemory, talk: MindState["talk"]): boolean => {
  if (source.kind !== "thread" || source.thread !== talk?.thread?.thread) return false;
  const { goesOnFrom = Number.POSITIVE_INFINITY, edited = [] } = talk.change;
  const [first, last] = source.turns;
  return last > goesOnFrom || edited.some(({ turn }) => first <= turn && turn <= last);
};

/** Whether a memory was asked for: Top's judgement, or, where Top failed, how it seems. */
export const asksForMemory = (state: Pick<MindState, "reflection">, said: string): boolean =>
  state.reflection?.asksForMemory ?? seemsToAskForMemory(said);

/** Whether words seem to ask for a memory: they hold a question mark. */
export const seemsToAskForMemory = (said: string): boolean => /[?？]/u.test(said);

/** Support, or meaning above the store's mean, from which a memory below the threshold is still worth a look. */
const WORTH_A_LOOK = 0.15;

/**
 * Below the threshold nothing counts as remembered. Where a memory was asked for, what comes nearest is shown all the same, as that: a threshold errs
 * for one question in four or five, and a reader can tell better than a number. It does not count as rehearsed.
 * Where there are fewer memories than a turn recalls (a story of two paragraphs is one), all are shown: no number tells
 * how far one stands above the others.
 */
const nearest = (memories: readonly RecalledMemory[]): RecalledMemory[] =>
  memories.filter(({ parts }) => parts.support >= WORTH_A_LOOK || parts.dense >= WORTH_A_LOOK).slice(0, 2);
