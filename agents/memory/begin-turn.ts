import type { BaseMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import { Overwrite } from "@langchain/langgraph";
import { isSimulacraError } from "../../data/errors.js";
import { audienceFor } from "../../memory/ownership.js";
import { type FoundThread, otherPeople, type ThreadPeople } from "../../memory/threads.js";
import type { Transcript } from "../../memory/transcript.js";
import type { Said, TurnRecord } from "../../memory/turn-record.js";
import { type Exchange, exchangesOf, sceneOf, stimulusOf, textOf } from "../conversation.js";
import { withoutStopped } from "../guard/marks.js";
import { withScenes } from "../merge-conversation.js";
import { freshMind, type Interlocutor, type MindState, type MindUpdate, type Talk } from "../mind.js";
import { type AgentDependencies, isNested, peopleNamed, threadOf } from "../turn.js";
import { isHeldByHost } from "./host-checkpoints.js";
import { compareHistory, type HistoryStanding, type TalkPart } from "./host-history.js";
import { metPeople } from "./met-people.js";
import { peopleMark, wasSaidAmongOthers } from "./people-mark.js";
import { messagesOfSaid, saidIn } from "./turn-messages.js";
import { fitting, windowOf } from "./working-window.js";

/**
 * A turn begins, reading the store once and writing it once: nothing of yesterday's mind is left, the thread is checked
 * to be these people's, and what was said before is read from the store, which alone is trusted. What the host's history
 * says against it (edited, branched, asked again) is noted, and withdrawn when this turn is kept: one that fails takes
 * nothing with it. The words of a turn that failed come before those said now.
 * @throws SimulacraError `thread_people`, `thread_method` where the thread belongs to others
 */
export const beginTurn =
  (deps: AgentDependencies) =>
  async (state: MindState, config: RunnableConfig): Promise<MindUpdate> => {
    const at = deps.clock().toISOString();
    const people = [...peopleNamed(state)];
    const thread = threadOf(config);
    const transcript = thread === undefined ? null : deps.transcript(thread);
    const fresh = { ...freshMind(deps.agents), ...(deps.guard && { guard: [] }) };
    if (thread === undefined || !transcript) {
      const memory = people.length > 0 && deps.method.remembers ? deps.memory(undefined) : null;
      const mood = await memory?.moods.now(audienceFor(people, undefined));
      const known = await memory?.known(people);
      const met = metPeople(people, known ?? []);
      return {
        ...fresh,
        mood: mood ?? null,
        talk: { ...hostsTalk(state.messages, deps), at, thread: null, ...met, change: { edited: [] } },
      };
    }
    const mark = peopleMark(deps.character.id, people);
    const among: ThreadPeople = {
      audience: audienceFor(people, thread),
      names: byId(people, ({ name }) => name),
      knownAs: byId(people, ({ relationship }) => relationship),
      method: deps.method.id,
      remembers: deps.method.remembers && deps.memory(thread) !== null,
    };
    const found = await foundFor(transcript, thread, among, state, mark, deps);
    const messages = admitted(state.messages, found, deps);
    const talk = await storedTalk(messages, found, transcript, deps, config);
    const begun = await transcript.begin(thread, among, found, {
      // What a guard has not heard yet is not kept.
      unanswered: deps.guard?.stimulus ? (found.record?.unanswered ?? []) : saidIn(talk.stimulus),
      scenes: talk.scenes,
    });
    return {
      ...fresh,
      talk: { ...talk, at, thread: begun.thread, ...metPeople(people, begun.relationships) },
      openedFor: mark,
      mood: among.remembers ? transcript.moodOf(found) : null,
      ...(messages.length < state.messages.length &&
        !isNested(config) && { messages: new Overwrite(messages) }),
    };
  };

/** What a host says of people, by id, of those of whom it says it. */
const byId = (people: readonly Interlocutor[], said: (person: Interlocutor) => string | undefined) =>
  Object.fromEntries(
    people.flatMap((person) => {
      const words = said(person);
      return words === undefined ? [] : [[person.id, words]];
    }),
  );

/**
 * The thread as the store knows it, for its own people. Words of others, which a host's checkpoints have taken in
 * already, are noted as refused, so that they are not heard as if they were the people's own.
 */
async function foundFor(
  transcript: Transcript,
  thread: string,
  people: ThreadPeople,
  { messages, openedFor }: MindState,
  mark: string,
  { character: { id } }: AgentDependencies,
): Promise<FoundThread> {
  try {
    const found = await transcript.threads.find(thread, people);
    if ((openedFor !== null && openedFor !== mark) || wasSaidAmongOthers(messages, id, mark))
      throw otherPeople(thread);
    return found;
  } catch (error) {
    if (isSimulacraError(error, "thread_people") || isSimulacraError(error, "thread_method"))
      await transcript.threads.refuse(thread, stimulusOf(messages, id));
    throw error;
  }
}

/**
 * The host's messages that are a part of the conversation: neither refused nor taken back, with what was answered to
 * them; not stopped by a guard; and no answer that could not be stored, whose words wait for another.
 */
function admitted(
  messages: BaseMessage[],
  { record, ...found }: FoundThread,
  { character }: AgentDependencies,
): BaseMessage[] {
  const heard = withoutStopped(messages, character.id, record?.stopped);
  const refused = new Set<string | undefined>(found.refused);
  const answered = answeredIn(found.turns);
  const waiting = new Set(
    record?.unanswered.flatMap(({ id }) => (id === undefined || answered.has(id) ? [] : [id])),
  );
  const isAll = (said: readonly BaseMessage[], ids: ReadonlySet<string | undefined>) =>
    said.length > 0 && said.every(({ id }) => id !== undefined && ids.has(id));
  const unsaid = exchangesOf(heard, character.id).flatMap(({ said, answer }) =>
    isAll(said, refused) || isAll(said, waiting) ? [answer] : [],
  );
  return heard.filter(
    (message) => !unsaid.includes(message) && (message.id === undefined || !refused.has(message.id)),
  );
}

/** What a host alone knows: a turn that belongs to no conversation. */
function hostsTalk(
  messages: BaseMessage[],
  deps: AgentDependencies,
): Omit<Talk, "thread" | "people" | "relationships" | "change"> {
  const talk = withoutStopped(messages, deps.character.id);
  return {
    before: fitting(talk, deps),
    stimulus: stimulusOf(talk, deps.character.id),
    scenes: withScenes([], sceneOf(talk)),
  };
}

/** What was said, by the store, and what the host's messages change in it. */
async function storedTalk(
  messages: BaseMessage[],
  found: FoundThread,
  transcript: Transcript,
  deps: AgentDependencies,
  config: RunnableConfig,
) {
  const { id } = deps.character;
  const exchanges = exchangesOf(messages, id);
  const all = stimulusOf(messages, id);
  const fresh = unansweredIn(all, found);
  const again = exchanges.length > 0 || fresh.length === 0 ? all : fresh;
  const { turns, standing } = await standingOf(exchanges, again, found, transcript);
  const left = turns.find(({ turn }) => turn === (standing.goesOnFrom ?? Number.NaN) + 1);
  // The host was stopped before it could keep the answer: it has left nothing, but lost it.
  const isLost =
    left && exchanges.length > 0 && fresh.length > 0 && (await isHeldByHost(left, config)) === false;
  const goesOnFrom = isLost ? undefined : standing.goesOnFrom;
  // Words that a guard has not heard do not take the place of those that it has.
  const edited = deps.guard?.stimulus ? [] : standing.edited;
  const held = standing.isKnown ? [] : (found.record?.unanswered ?? []);
  const answered = answeredIn(turns);
  return {
    before: await windowOf(partsShown(standing, turns, goesOnFrom, edited), found, transcript, deps),
    stimulus: withUnanswered(
      held.filter(({ id: waiting }) => waiting === undefined || !answered.has(waiting)),
      isLost ? fresh : again,
    ),
    scenes: withScenes(found.record?.scenes ?? [], sceneOf(messages)),
    lastThought: turns.at(-1)?.thought ?? null,
    change: {
      ...(goesOnFrom !== undefined && { goesOnFrom }),
      edited: edited.filter(({ turn }) => turn <= (goesOnFrom ?? turn)),
    },
  };
}

/** The conversation that this turn goes on from; a turn that the host has lost comes after what it still has. */
function partsShown(
  { parts, ...standing }: HistoryStanding,
  turns: readonly TurnRecord[],
  goesOnFrom: number | undefined,
  edited: readonly TurnRecord[],
): TalkPart[] {
  const stored = new Map(turns.map((turn) => [turn.turn, turn]));
  const words = new Map(edited.map((turn) => [turn.turn, turn]));
  const lost =
    goesOnFrom === undefined ? turns.filter(({ turn }) => turn > (standing.goesOnFrom ?? turn)) : [];
  return [...parts, ...lost.map((turn) => ({ turn }))].flatMap((part): TalkPart[] => {
    if (!("turn" in part)) return [part];
    const { turn } = part.turn;
    if (turn > (goesOnFrom ?? turn)) return [];
    return [{ turn: words.get(turn) ?? stored.get(turn) ?? part.turn }];
  });
}

/** Ids of the messages that stored turns have answered. */
const answeredIn = (turns: readonly TurnRecord[]): Set<string> =>
  new Set(turns.flatMap((turn) => turn.stimulus.flatMap(({ id }) => id ?? [])));

/**
 * What was said and has no answer. A host that lost the answers may still hold words that were answered: before new ones
 * they are past; alone they are delivered again.
 */
function unansweredIn(stimulus: BaseMessage[], { turns }: FoundThread): BaseMessage[] {
  const answered = answeredIn(turns);
  const fresh = stimulus.filter(({ id }) => id === undefined || !answered.has(id));
  // A host may send all that people ever said, without ids.
  const told = turns.flatMap((turn) => turn.stimulus.map(({ text }) => text));
  const isRetold =
    turns[0]?.turn === 1 &&
    told.length < fresh.length &&
    told.every((text, index) => fresh[index] && textOf(fresh[index]) === text);
  return isRetold ? fresh.slice(told.length) : fresh;
}

/** A host may go back further than a turn usually looks. */
const FARTHEST = 1_000;

/** How the host's messages stand against the stored turns; where it is doubtful which are meant, against those before as well. */
async function standingOf(
  exchanges: readonly Exchange[],
  said: readonly BaseMessage[],
  { record, turns }: FoundThread,
  transcript: Transcript,
) {
  const standing = compareHistory(exchanges, said, turns);
  if (!standing.isDoubtful || !record || record.turns <= turns.length) return { turns, standing };
  const all = await transcript.threads.turns(record, FARTHEST);
  return { turns: all, standing: compareHistory(exchanges, said, all) };
}

/** Words that wait for an answer, and those said now; words that are said again are the same message, not a second one. */
function withUnanswered(waiting: Said, said: readonly BaseMessage[]): BaseMessage[] {
  const ids = new Set(said.map(({ id }) => id));
  const before = waiting.filter(({ id }) => id === undefined || !ids.has(id));
  const again = before.findIndex((_, place) => {
    const tail = before.slice(place);
    return tail.every(({ name, text }, index) => {
      const message = said[index];
      return message !== undefined && textOf(message) === text && message.name === name;
    });
  });
  return [...messagesOfSaid(again < 0 ? before : before.slice(0, again)), ...said];
}
