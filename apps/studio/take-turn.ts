import type { BaseMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import { exchangesOf, replaceWindow, stimulusOf } from "../../agents/conversation.js";
import { messagesOfTurns } from "../../agents/memory/turn-messages.js";
import { METER_KEY, STATELESS } from "../../agents/turn.js";
import type { Simulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { threadAudience } from "../../memory/ownership.js";
import { UsageMeter } from "../../models/index.js";
import type { Visit } from "./talk-studio.js";

/** How many exchanges are handed to the simulacrum: more than its window holds, so that checkpoints inside stay flat. */
const HANDED_ON = 20;

/** How many stored turns are looked through for those that the server lost. */
const LOOK_BACK = 20;

/**
 * Refuses other people, or another method, before their words get into the conversation that the server shows.
 * @throws SimulacraError `thread_people`, `thread_method`
 */
export async function admitted(
  { memory, method }: Simulacrum,
  thread: string,
  interlocutor: Visit["interlocutor"],
): Promise<void> {
  if (!(await memory.transcript.thread(thread))) return;
  const audience = interlocutor ? [interlocutor.id] : threadAudience(thread);
  await memory.transcript.openThread(thread, { audience, method });
}

/** One turn of the simulacrum within the server's conversation. */
export async function takeTurn(
  person: Simulacrum,
  { interlocutor, wentBack }: Visit,
  conversation: BaseMessage[],
  config: RunnableConfig,
) {
  const thread = threadOf(config);
  const messages = thread === undefined ? conversation : await inStep(person, thread, conversation, wentBack);
  const restored = messages === conversation ? [] : replaceWindow(messages);
  const disclosure = person.disclosure;
  // The answer was stored and only the server's checkpoint of it was lost: nothing is left to be said.
  if (stimulusOf(messages, person.character.id).length === 0) return { messages: restored, disclosure };
  const meter = new UsageMeter();
  const { id: character } = person.character;
  const out = await person.graph.invoke(
    { messages: handedOn(messages, character), interlocutor, present: null },
    {
      ...config,
      tags: [...(config.tags ?? []), `character:${character}`, `method:${person.method}`],
      configurable: {
        ...config.configurable,
        [METER_KEY]: meter,
        thread_id: thread ?? `${STATELESS}${config.configurable?.thread_id}`,
      },
    },
  );
  return {
    messages: [...restored, ...out.messages],
    mind: out.mind,
    degraded: out.degraded,
    usage: meter.snapshot(),
    disclosure,
  };
}

/** The thread of a run; none where the server keeps no checkpoints of it, for then nobody comes back to it. */
function threadOf({ configurable }: RunnableConfig): string | undefined {
  const thread: unknown = configurable?.thread_id;
  return configurable?.__pregel_checkpointer !== undefined && typeof thread === "string" ? thread : undefined;
}

/**
 * Brings memory and the server's conversation into step. The memory is the truth: turns that it holds and the server
 * has lost (it was killed before it wrote its checkpoint) come back into the conversation. Only where the run
 * goes on from an earlier point on purpose is the conversation the truth: turns beyond it are withdrawn, with all that they stored.
 */
export async function inStep(
  person: Simulacrum,
  thread: string,
  conversation: BaseMessage[],
  wentBack: boolean,
): Promise<BaseMessage[]> {
  const { transcript } = person.memory;
  const known = new Set(conversation.map(({ id }) => id));
  const turns = await transcript.turns(thread, ...(wentBack ? [] : [LOOK_BACK]));
  const last = turns.findLastIndex(({ answer }) => known.has(answer.id));
  const beyond = turns.slice(last + 1);
  if (wentBack) {
    for (const _ of beyond) await person.withdraw(thread);
    return conversation;
  }
  // A conversation of which the memory knows nothing is not behind: a host has brought its own.
  if (beyond.length === 0 || (last < 0 && exchangesOf(conversation, person.character.id).length > 0))
    return conversation;
  const lost = messagesOfTurns(beyond, person.character.id);
  const ids = new Set(lost.map(({ id }) => id));
  const left = conversation.filter(({ id }) => !ids.has(id));
  const anchor = turns[last]?.answer.id;
  const place =
    anchor === undefined
      ? left.findLastIndex(({ type }) => type === "system") + 1
      : left.findIndex(({ id }) => id === anchor) + 1;
  return left.toSpliced(place, 0, ...lost);
}

/** The end of the conversation with its scenes. */
function handedOn(messages: BaseMessage[], character: string): BaseMessage[] {
  const exchanges = exchangesOf(messages, character);
  const [first] = exchanges.slice(-HANDED_ON);
  const begin = first?.said[0] ?? first?.answer;
  if (!begin || exchanges.length <= HANDED_ON) return messages;
  const from = messages.indexOf(begin);
  return messages.filter((message, place) => place >= from || message.type === "system");
}
