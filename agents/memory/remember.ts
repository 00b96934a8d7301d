import type { RunnableConfig } from "@langchain/core/runnables";
import { Overwrite } from "@langchain/langgraph";
import { parseMemoryId, type RecalledMemory } from "../../memory/recalled-memory.js";
import { exchangesOf, lastExchanges, textOf } from "../conversation.js";
import { accountOfMind, freshMind, type MindState, type MindUpdate } from "../mind.js";
import { type AgentDependencies, isNested, threadOf } from "../turn.js";
import { describePeople, viewOf } from "../turn-view.js";
import { saidIn } from "./turn-messages.js";

/**
 * Memory keeps the turn: one transaction, no model call. It writes the transcript, the mood and the rehearsals,
 * moves what no longer fits working memory into short-term memory, and leaves the turn's account (`mind`, `degraded`).
 */
export const remember =
  (deps: AgentDependencies) =>
  async (state: MindState, config: RunnableConfig): Promise<MindUpdate> => {
    const { talk } = state;
    const account = {
      ...freshMind(deps.agents),
      talk: null,
      mind: deps.method.remembers
        ? {
            ...accountOfMind(state, deps.agents),
            relationship: describePeople(viewOf(state, deps).people, deps),
          }
        : null,
      degraded: deps.agents
        .map((agent) => agent.id)
        .filter((agent) => typeof state.faults[agent] === "string"),
      ...messagesKept(state, deps, config),
    };
    // What the guard stopped is no turn: nothing of it is kept, and the mood stays.
    if (state.stopped !== null) return { ...account, mind: null };
    const answer = state.messages.at(-1);
    const thread = threadOf(config);
    if (!talk?.thread || thread === undefined || !answer) return account;
    const before = exchangesOf(talk.before, deps.character.id);
    const kept = lastExchanges(
      [...before, { said: talk.stimulus, answer }],
      deps.budget.history,
      deps.countTokens,
    );
    const turn = await deps.transcript(thread).commitTurn(
      talk.thread,
      {
        thread,
        stimulus: saidIn(talk.stimulus),
        answer: { id: answer.id ?? "", text: textOf(answer) },
        thought: state.thought,
        feeling: state.feeling,
        recalled: rehearsedIn(state.recollection).map(({ id }) => parseMemoryId(id)),
      },
      { keptTurns: kept.length, ...talk.change },
      config.signal,
    );
    return {
      ...account,
      mind: account.mind && { ...account.mind, mood: turn?.moodAfter ?? state.mood },
      ...(turn?.moodAfter && { mood: turn.moodAfter }),
    };
  };

/** A host's checkpoints hold a window of the conversation, so that they grow with the turns and not with their square. */
function messagesKept(
  { messages }: MindState,
  { character, budget, countTokens }: AgentDependencies,
  config: RunnableConfig,
): MindUpdate {
  const exchanges = exchangesOf(messages, character.id);
  const kept = lastExchanges(exchanges, budget.history, countTokens);
  if (isNested(config) || kept.length === exchanges.length) return {};
  const scenes = messages.filter(({ type }) => type === "system");
  return {
    messages: new Overwrite([...scenes, ...kept.flatMap(({ said, answer }) => [...said, answer])]),
  };
}

/** Share of the best score from which a memory counts as rehearsed. */
const REHEARSED_FROM = 0.8;

/** What was truly recalled: a neighbour that came along with the memory that was looked for is shown, not rehearsed. */
const rehearsedIn = (recollection: MindState["recollection"]): RecalledMemory[] => {
  if (!recollection || recollection.nothingRelevant) return [];
  const best = recollection.memories[0]?.score ?? 0;
  return recollection.memories.filter(({ score }) => score >= best * REHEARSED_FROM);
};
