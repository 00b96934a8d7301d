import type { BaseMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import { Overwrite } from "@langchain/langgraph";
import { isSimulacraError } from "../../data/errors.js";
import type { ThreadRecord, TurnRecord } from "../../memory/turn-record.js";
import { exchangesOf, lastExchanges, stimulusOf } from "../conversation.js";
import { asHeard, withoutStopped } from "../guard/marks.js";
import { type EarlierTalk, freshMind, type MindState, type MindUpdate } from "../mind.js";
import { type AgentDependencies, audienceIn, peopleIn, threadOf } from "../turn.js";
import { messagesOfTurns } from "./turn-messages.js";

/** What a turn begins with; `kept` are the messages without those of people who were refused, and without what the guard kept out, where there were any. */
type Beginning = ReturnType<typeof freshMind> &
  Pick<MindUpdate, "mood" | "guard"> & { earlier?: EarlierTalk; kept?: BaseMessage[] };

type Act = (state: MindState, config: RunnableConfig) => Promise<MindUpdate>;

/** The first act of a turn; where a guard hears first, `checkStimulus` has opened the turn. */
export const opening = (deps: AgentDependencies, act: Act): Act =>
  deps.guard?.stimulus ? act : attending(deps, act);

/**
 * Makes an act the first of a turn: attends, then acts on the state as it then is, and writes both in one step.
 */
export const attending =
  (deps: AgentDependencies, act: Act): Act =>
  async (state, config) => {
    const { kept, ...begun } = await attend(deps, state, config);
    const { earlier = { talk: state.earlier }, ...mind } = begun;
    const known = { ...state, ...mind, earlier: earlier.talk, ...(kept && { messages: kept }) };
    const update = await act(known, config);
    return {
      ...begun,
      ...update,
      ...(kept &&
        !(update.messages instanceof Overwrite) && {
          messages: new Overwrite([...kept, ...messagesIn(update)]),
        }),
      faults: { ...begun.faults, ...update.faults },
    };
  };

/** The messages of an update, whether added to the window or written in its place. */
export const messagesIn = ({ messages = [] }: Pick<MindUpdate, "messages">): BaseMessage[] =>
  Array.isArray(messages) ? messages : messages.value;

/**
 * Opens a turn: a mind without yesterday's thoughts, the mood as the clock has left it, and, where the messages
 * hold no answer but the memory knows the thread, its last turns (`earlier`): no checkpointer, or one that lost the thread.
 * @throws SimulacraError `thread_people`, `thread_method` where the thread belongs to others
 */
export async function attend(
  deps: AgentDependencies,
  state: MindState,
  config: RunnableConfig,
): Promise<Beginning> {
  const talk = withoutStopped(state.messages, deps.character.id);
  const fresh = {
    ...freshMind(deps.agents),
    ...(deps.guard && { guard: [] }),
    ...(talk !== state.messages && { kept: talk }),
  };
  const thread = threadOf(config);
  const memory = deps.memory(thread);
  const audience = audienceIn(state, thread);
  if (!memory || audience.length === 0) return { ...fresh, mood: null };
  const mood = deps.method.remembers ? await memory.moods.now(audience) : null;
  if (thread === undefined) return { ...fresh, mood };
  const people = { audience, names: namesIn(state), method: deps.method.id };
  const opened = await memory.transcript.openThread(thread, people).catch(async (error: unknown) => {
    // The checkpointer has taken the words in already; they must not be heard as if they were the others'.
    if (isSimulacraError(error, "thread_people") || isSimulacraError(error, "thread_method"))
      await memory.transcript.refuse(thread, idsOf(stimulusOf(state.messages, deps.character.id)));
    throw error;
  });
  const unstopped = withoutStopped(talk, deps.character.id, opened.stopped);
  const admitted = unstopped.filter(({ id }) => id === undefined || !opened.refused.includes(id));
  const answers = exchangesOf(admitted, deps.character.id).length;
  const answeredBefore = answers > 0;
  const heard =
    deps.guard?.stimulus && answeredBefore && opened.turns > 0
      ? asHeard(admitted, await memory.transcript.turns(thread, LOOK_BACK + answers), deps.character.id)
      : admitted;
  const kept = heard === admitted && heard.length === state.messages.length ? {} : { kept: heard };
  // Messages that hold an answer are the conversation; what `earlier` found before them still stands.
  if (answeredBefore) return { ...fresh, mood, ...kept };
  const turns = opened.turns === 0 ? [] : await memory.transcript.turns(thread, LOOK_BACK);
  // Words that were delivered again are answered anew: the turn that answered them is not what was before.
  const again = new Set(idsOf(admitted));
  const before = turns.filter(
    ({ stimulus }) => !stimulus.some(({ id }) => id !== undefined && again.has(id)),
  );
  return { ...fresh, mood, earlier: { talk: windowOf(before, deps) }, ...kept };
}

const idsOf = (messages: readonly BaseMessage[]): string[] =>
  messages.flatMap(({ id }) => (id === undefined ? [] : [id]));

/** How many stored turns may be read back into working memory. */
const LOOK_BACK = 20;

/** Names of the people in the room by id, for the transcript. */
export const namesIn = (state: MindState): Record<string, string> =>
  Object.fromEntries(peopleIn(state).flatMap(({ id, name }) => (name === undefined ? [] : [[id, name]])));

/** The thread's record as this turn found it; a stateless turn has none. */
export async function openedThread(
  deps: AgentDependencies,
  state: MindState,
  config: RunnableConfig,
): Promise<ThreadRecord | null> {
  const thread = threadOf(config);
  const memory = deps.memory(thread);
  if (!memory || thread === undefined) return null;
  return memory.transcript.openThread(thread, {
    audience: audienceIn(state, thread),
    names: namesIn(state),
    method: deps.method.id,
  });
}

function windowOf(turns: readonly TurnRecord[], deps: AgentDependencies) {
  const kept = lastExchanges(
    exchangesOf(messagesOfTurns(turns, deps.character.id), deps.character.id),
    deps.budget.history.respond,
    deps.countTokens,
  );
  return kept.flatMap(({ said, answer }) => [...said, answer]);
}
