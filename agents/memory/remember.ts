import type { BaseMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import { Overwrite } from "@langchain/langgraph";
import { memoryPlace, type RecalledMemory } from "../../memory/recalled-memory.js";
import type { SimulacrumMemory } from "../../memory/simulacrum-memory.js";
import { type Exchange, exchangesOf, lastExchanges, textOf } from "../conversation.js";
import { handedBack, type Talk } from "../guard/hand-back.js";
import { isReplaced } from "../guard/marks.js";
import { accountOfMind, freshMind, type MindState, type MindUpdate } from "../mind.js";
import { type AgentDependencies, conversationOf, threadOf } from "../turn.js";
import { openedThread } from "./attend.js";

/**
 * Memory keeps the turn: one local transaction, no model call. It writes the transcript, the mood and the rehearsals,
 * moves what no longer fits working memory into short-term memory, and leaves the turn's account (`mind`, `degraded`).
 */
export const remember =
  (deps: AgentDependencies) =>
  async (state: MindState, config: RunnableConfig): Promise<MindUpdate> => {
    const id = deps.character.id;
    const exchanges = exchangesOf(conversationOf(state), id);
    const kept = lastExchanges(exchanges, deps.budget.history.respond, deps.countTokens);
    const account = {
      ...freshMind(deps.agents),
      mind: deps.method.remembers ? accountOfMind(state, deps.agents) : null,
      degraded: deps.agents
        .map((agent) => agent.id)
        .filter((agent) => typeof state.faults[agent] === "string"),
    };
    // What the guard stopped is no turn: nothing of it is kept, and the mood stays.
    if (state.stopped !== null) return { ...account, mind: null, ...talkKept(state, state, config) };
    const last = exchanges.at(-1);
    const opened = await openedThread(deps, state, config);
    const memory = deps.memory(threadOf(config));
    if (!opened || !memory || !last) return { ...account, ...talkKept(state, state, config) };
    await withdrawReplaced(memory.transcript, opened.thread, exchanges);
    const turn = await memory.transcript.commitTurn(
      opened,
      {
        thread: opened.thread,
        stimulus: last.said.map((message) => ({
          ...(message.id !== undefined && { id: message.id }),
          ...(message.name !== undefined && { name: message.name }),
          text: textOf(message),
          ...(isReplaced(message) && { replaced: true }),
        })),
        answer: { id: last.answer.id ?? "", text: textOf(last.answer) },
        thought: state.thought,
        feeling: state.feeling,
        recalled: rehearsedIn(state.recollection).map(({ id }) => memoryPlace(id)),
      },
      kept.length,
      config.signal,
    );
    const window = kept.flatMap(({ said, answer }) => [...said, answer]);
    const scene = state.messages.filter((message) => message.type === "system");
    const fitting = {
      messages: [...scene, ...window.filter((message) => !state.earlier.includes(message))],
      earlier: window.filter((message) => state.earlier.includes(message)),
    };
    return {
      ...account,
      mind: account.mind && { ...account.mind, mood: turn.moodAfter },
      ...talkKept(kept.length < exchanges.length ? fitting : state, state, config),
      ...(turn.moodAfter && { mood: turn.moodAfter }),
    };
  };

/** The update after which this much of the conversation is left; none where that is all of it. */
function talkKept(kept: Talk, state: MindState, config: RunnableConfig): MindUpdate {
  const talk = handedBack(kept, config);
  return talk === state ? {} : { messages: new Overwrite(talk.messages), earlier: { talk: talk.earlier } };
}

/**
 * A host that asked for another answer to the same words took the old one out of the conversation: it is taken back,
 * with all that it stored, before the new one is kept. Told by the ids of the answers; where a host sends none, both stay.
 */
async function withdrawReplaced(
  transcript: SimulacrumMemory["transcript"],
  thread: string,
  exchanges: readonly Exchange[],
): Promise<void> {
  const [now, before] = exchanges.slice(-2).reverse();
  const [replaced, turnBefore] = (await transcript.turns(thread, 2)).reverse();
  if (!now || !replaced || now.answer.id === replaced.answer.id) return;
  // The first turn has none before it, here as there.
  if (before?.answer.id !== turnBefore?.answer.id) return;
  const same = textsOf(now.said) === replaced.stimulus.map(({ text }) => text).join("\n");
  if (same) await transcript.withdrawTurn(thread);
}

const textsOf = (messages: readonly BaseMessage[]): string => messages.map(textOf).join("\n");

/** Share of the best score from which a memory counts as rehearsed. */
const REHEARSED_FROM = 0.8;

/** What was truly recalled: a neighbour that came along with the memory that was looked for is shown, not rehearsed. */
const rehearsedIn = (recollection: MindState["recollection"]): RecalledMemory[] => {
  if (!recollection || recollection.nothingRelevant) return [];
  const best = recollection.memories[0]?.score ?? 0;
  return recollection.memories.filter(({ score }) => score >= best * REHEARSED_FROM);
};
