import type { BaseMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import { Overwrite } from "@langchain/langgraph";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { exchangesOf, stimulusOf } from "../../agents/conversation.js";
import { messagesOfTurns } from "../../agents/memory/turn-messages.js";
import { mergeConversation } from "../../agents/merge-conversation.js";
import { METER_KEY } from "../../agents/turn.js";
import type { Simulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { threadLockName } from "../../memory/backends/named-locks.js";
import { UsageMeter } from "../../models/index.js";
import type { StudioInterlocutor } from "./studio-form.js";
import { inItsLayer } from "./thread-layers.js";
import { type Begun, whoseThread } from "./whose-thread.js";

/** How many exchanges are handed to the simulacrum: more than its window holds, so that checkpoints inside stay flat. */
const HANDED_ON = 20;

/** How many turns that the server lost are brought back at most. */
const BROUGHT_BACK = 20;

/**
 * One turn of the simulacrum within the server's conversation.
 * @throws SimulacraError `thread_people`, `thread_method` where the conversation is not theirs
 */
export async function takeTurn(
  person: Simulacrum,
  interlocutor: StudioInterlocutor | null,
  { messages: conversation, ...begun }: Begun & { messages: BaseMessage[] },
  config: RunnableConfig,
) {
  const { __pregel_checkpointer: saver, thread_id: id }: Record<string, unknown> = config.configurable ?? {};
  // What the server keeps no checkpoints of is no conversation: nobody comes back to it, and nothing is stored.
  const kept = typeof id === "string" && isSaver(saver);
  const theirs = async () => (kept ? whoseThread(person, id, interlocutor, begun) : begun.whose);
  const messages = kept ? await inStep(person, id, conversation, saver) : conversation;
  const disclosure = person.disclosure;
  // The answer was stored and only the server's checkpoint of it was lost: nothing is left to be said.
  if (stimulusOf(messages, person.character.id).length === 0) {
    return { messages: new Overwrite(messages), disclosure };
  }
  const meter = new UsageMeter();
  const { id: character } = person.character;
  const turn = async () => {
    // Asked again: it may have been forgotten while this waited.
    await theirs();
    const out = await person.graph.invoke(
      { messages: handedOn(messages, character), interlocutor, present: null },
      {
        ...config,
        tags: [...(config.tags ?? []), `character:${character}`, `method:${person.method}`],
        configurable: {
          ...config.configurable,
          [METER_KEY]: meter,
          thread_id: kept ? id : undefined,
        },
      },
    );
    return { ...out, whose: await theirs() };
  };
  // The same conversation may go on elsewhere (the command line), and forgetting waits for a turn under way.
  const lock = person.memory.store.locks;
  const signal = config.signal;
  const out = kept
    ? await lock.withLock(threadLockName(id), () => inItsLayer(person, id, turn), {
        ...(signal && { signal }),
      })
    : await turn();
  return {
    // Written whole, so that the stream of messages carries the voice's tokens and nothing that was said before.
    messages: new Overwrite(mergeConversation(messages, out.messages)),
    mind: out.mind,
    degraded: out.degraded,
    usage: meter.snapshot(),
    disclosure,
    whose: out.whose,
  };
}

/**
 * Brings memory and the server's conversation into step. The memory is the truth: turns that it holds and the server
 * has lost (it was killed before it wrote its checkpoint) come back into the conversation. Turns that the server still
 * knows in another branch were left on purpose (edited, asked again, forked): they are withdrawn, with all that they stored.
 */
async function inStep(
  person: Simulacrum,
  thread: string,
  conversation: BaseMessage[],
  saver: BaseCheckpointSaver,
): Promise<BaseMessage[]> {
  const { transcript } = person.memory;
  const known = new Set(conversation.map(({ id }) => id));
  const [newest] = await transcript.turns(thread, 1);
  if (!newest || known.has(newest.answer.id)) return conversation;
  const turns = await transcript.turns(thread);
  const last = turns.findLastIndex(({ answer }) => known.has(answer.id));
  const beyond = turns.slice(last + 1);
  const [left] = beyond;
  if (left && (await isInABranch(left.answer.id, thread, saver))) {
    for (const _ of beyond) await person.withdraw(thread);
    return conversation;
  }
  // A conversation of which the memory knows nothing is not behind: a host has brought its own.
  if (beyond.length === 0 || (last < 0 && exchangesOf(conversation, person.character.id).length > 0))
    return conversation;
  const lost = messagesOfTurns(beyond.slice(-BROUGHT_BACK), person.character.id);
  const ids = new Set(lost.map(({ id }) => id));
  const others = conversation.filter(({ id }) => !ids.has(id));
  const anchor = turns[last]?.answer.id;
  const place =
    anchor === undefined
      ? others.findLastIndex(({ type }) => type === "system") + 1
      : others.findIndex(({ id }) => id === anchor) + 1;
  return others.toSpliced(place, 0, ...lost);
}

/** The server has its own classes; what is asked of them is a list. */
const isSaver = (saver: unknown): saver is BaseCheckpointSaver =>
  typeof saver === "object" && saver !== null && "list" in saver && typeof saver.list === "function";

/** Whether a checkpoint of the thread, of whatever branch, holds this message. */
async function isInABranch(id: string, thread: string, saver: BaseCheckpointSaver): Promise<boolean> {
  for await (const { checkpoint } of saver.list({ configurable: { thread_id: thread, checkpoint_ns: "" } })) {
    const { messages } = checkpoint.channel_values;
    if (Array.isArray(messages) && messages.some((message: BaseMessage) => message.id === id)) return true;
  }
  return false;
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
