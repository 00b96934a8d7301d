import type { BaseMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import { Overwrite } from "@langchain/langgraph";
import { exchangesOf, stimulusOf } from "../../agents/conversation.js";
import { isHeldByHost } from "../../agents/memory/host-checkpoints.js";
import { messagesOfTurns } from "../../agents/memory/turn-messages.js";
import { mergeConversation } from "../../agents/merge-conversation.js";
import { METER_KEY } from "../../agents/turn.js";
import type { Simulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { threadLockName } from "../../memory/backends/named-locks.js";
import { UsageMeter } from "../../models/index.js";
import { inOverlay } from "../hosting/overlay-threads.js";
import { admit, type ThreadState } from "../hosting/thread-admission.js";
import type { Speaker } from "./studio-form.js";

/** How many exchanges are handed to the simulacrum: more than its window holds, so that checkpoints inside stay flat. */
const HANDED_ON = 20;

/** How many turns that the server lost are brought back at most. */
const BROUGHT_BACK = 20;

/**
 * One turn of the simulacrum within the server's conversation.
 * @throws SimulacraError `thread_people`, `thread_method` where the conversation is not theirs
 */
export async function takeTurn(
  simulacrum: Simulacrum,
  interlocutor: Speaker,
  { messages, ...state }: ThreadState & { messages: BaseMessage[] },
  config: RunnableConfig,
) {
  const { __pregel_checkpointer: saver, thread_id: id }: Record<string, unknown> = config.configurable ?? {};
  // What the server keeps no checkpoints of is no conversation: nobody comes back to it, and nothing is stored.
  if (typeof id !== "string" || !saver)
    return answerTo(simulacrum, interlocutor, messages, {
      ...config,
      configurable: { ...config.configurable, thread_id: undefined },
    });
  const owner = () => admit(simulacrum, id, interlocutor?.id, state);
  const turn = async () => {
    // Asked again: it may have been forgotten while this waited.
    await owner();
    const all = await withLostTurns(simulacrum, id, messages, config);
    return { ...(await answerTo(simulacrum, interlocutor, all, config)), whose: await owner() };
  };
  // The same conversation may go on elsewhere (the command line), and forgetting waits for a turn under way.
  const waits = config.signal ? { signal: config.signal } : {};
  const { locks } = simulacrum.memory.store;
  return locks.withLock(threadLockName(id), () => inOverlay(simulacrum, id, turn), waits);
}

/** What the simulacrum answers, and what it cost. */
async function answerTo(
  { graph, disclosure, character, method }: Simulacrum,
  interlocutor: Speaker,
  messages: BaseMessage[],
  config: RunnableConfig,
) {
  // The answer was stored and only the server's checkpoint of it was lost: nothing is left to be said.
  if (stimulusOf(messages, character.id).length === 0)
    return { messages: new Overwrite(messages), disclosure };
  const meter = new UsageMeter();
  const { mind, degraded, ...spoken } = await graph.invoke(
    { messages: handedOn(messages, character.id), interlocutor, present: null },
    {
      ...config,
      tags: [...(config.tags ?? []), `character:${character.id}`, `method:${method}`],
      configurable: { ...config.configurable, [METER_KEY]: meter },
    },
  );
  // Written whole, so that the stream of messages carries the voice's tokens and nothing that was said before.
  const whole = new Overwrite(mergeConversation(messages, spoken.messages));
  return { messages: whole, mind, degraded, usage: meter.snapshot(), disclosure };
}

/**
 * The conversation with the turns that the memory holds and the server has lost: it was killed before it wrote its
 * checkpoint. What it holds in another branch was left on purpose, and is withdrawn when the turn begins.
 */
async function withLostTurns(
  { memory, character }: Simulacrum,
  thread: string,
  conversation: BaseMessage[],
  config: RunnableConfig,
): Promise<BaseMessage[]> {
  const turns = await memory.transcript.turns(thread, BROUGHT_BACK);
  const known = new Set(conversation.map(({ id }) => id));
  const last = turns.findLast(({ answer }) => known.has(answer.id));
  const beyond = turns.slice(last ? turns.indexOf(last) + 1 : 0);
  const [first] = beyond;
  // A conversation of which the memory knows nothing is not behind: a host has brought its own.
  const isHostsOwn = !last && exchangesOf(conversation, character.id).length > 0;
  if (!first || isHostsOwn || (await isHeldByHost(first, config))) return conversation;
  const lost = messagesOfTurns(beyond, character.id);
  const ids = new Set(lost.map(({ id }) => id));
  const others = conversation.filter(({ id }) => !ids.has(id));
  const before = ({ id, type }: BaseMessage) => (last ? id === last.answer.id : type === "system");
  return others.toSpliced(others.findLastIndex(before) + 1, 0, ...lost);
}

/** The end of the conversation with its scenes. */
function handedOn(messages: BaseMessage[], character: string): BaseMessage[] {
  const exchanges = exchangesOf(messages, character);
  const [first] = exchanges.slice(-HANDED_ON);
  const begin = first?.said[0] ?? first?.answer;
  if (!begin || exchanges.length <= HANDED_ON) return messages;
  const from = messages.indexOf(begin);
  return messages.filter((message, at) => at >= from || message.type === "system");
}
