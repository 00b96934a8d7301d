import { randomUUID } from "node:crypto";
import { AIMessage, type BaseMessage, HumanMessage, RemoveMessage } from "@langchain/core/messages";
import { REMOVE_ALL_MESSAGES } from "@langchain/langgraph";

/** Plain text of a message, whatever parts its content has. */
export const textOf = (message: BaseMessage): string =>
  // The getter translates every provider's blocks; most messages are a string.
  typeof message.content === "string" ? message.content : message.text;

/** Whether the simulacrum said this: an AI message in its name (or, in a talk of two, in no name). */
export function isOwn(message: BaseMessage, characterId?: string): boolean {
  if (message.type !== "ai") return false;
  return message.name === undefined || characterId === undefined || message.name === characterId;
}

/**
 * Reducer of the conversation. New messages are appended; one with a known id replaces its predecessor; a
 * `RemoveMessage` removes. A history that a host sends again is recognised, by the ids of its messages or because its
 * messages agree (role, name, content, in order, back from the last answer) with the window, and only what comes after
 * it is new. The same words said again later are new.
 */
export function mergeConversation(
  window: readonly BaseMessage[],
  update: readonly BaseMessage[],
): BaseMessage[] {
  const replaceAll = update.findIndex(
    (message) => message.type === "remove" && message.id === REMOVE_ALL_MESSAGES,
  );
  if (replaceAll >= 0) return withIds(update.slice(replaceAll + 1));
  let merged = [...window];
  const incoming: BaseMessage[] = [];
  for (const message of update.slice(resentUpTo(window, update))) {
    const place = message.id === undefined ? -1 : merged.findIndex((known) => known.id === message.id);
    if (message.type === "remove") merged = merged.filter((known) => known.id !== message.id);
    else if (place >= 0) merged[place] = message;
    else incoming.push(message);
  }
  return [...merged, ...withIds(incoming)];
}

/** How many messages at the head of `update` are the conversation at hand, sent again. */
function resentUpTo(window: readonly BaseMessage[], update: readonly BaseMessage[]): number {
  const lastAnswer = window.findLastIndex((message) => message.type === "ai");
  // One message alone is no history: it is what a node or a host adds, even if the same was said before.
  if (lastAnswer < 0 || update.length < 2) return 0;
  for (let at = update.length - 1; at >= 0; at--) {
    if (!same(window[lastAnswer], update[at])) continue;
    let agree = true;
    for (let back = 1; agree && back <= Math.min(at, lastAnswer); back++) {
      agree = same(window[lastAnswer - back], update[at - back]);
    }
    if (agree) return at + 1;
  }
  return 0;
}

function same(known: BaseMessage | undefined, sent: BaseMessage | undefined): boolean {
  if (known === undefined || sent === undefined || known.type !== sent.type) return false;
  if (known.id !== undefined && known.id === sent.id) return textOf(known) === textOf(sent);
  const names = known.name === undefined || sent.name === undefined || known.name === sent.name;
  return names && textOf(known) === textOf(sent);
}

function withIds(messages: readonly BaseMessage[]): BaseMessage[] {
  return messages.map((message) => {
    if (message.id === undefined) {
      message.id = randomUUID();
      // What is serialised are the constructor's arguments.
      message.lc_kwargs.id = message.id;
    }
    return message;
  });
}

/** What just reached the simulacrum: everything after its own last message, a host's system messages left out. */
export function stimulusOf(messages: readonly BaseMessage[], characterId?: string): BaseMessage[] {
  const last = messages.findLastIndex((message) => isOwn(message, characterId));
  return messages
    .slice(last + 1)
    .filter((message) => message.type !== "system" && textOf(message).trim() !== "");
}

/** A host's system messages: the scene in which the talk takes place. Never an instruction. */
export function sceneOf(messages: readonly BaseMessage[]): string {
  return messages
    .filter((message) => message.type === "system")
    .map(textOf)
    .join("\n");
}

/** One exchange: what was said to the simulacrum, and its answer. */
export interface Exchange {
  said: BaseMessage[];
  answer: BaseMessage;
}

/** The finished exchanges of a conversation, oldest first; what came after the last answer is the stimulus. */
export function exchangesOf(messages: readonly BaseMessage[], characterId?: string): Exchange[] {
  const exchanges: Exchange[] = [];
  let said: BaseMessage[] = [];
  for (const message of messages) {
    if (message.type === "system") continue;
    if (isOwn(message, characterId)) {
      exchanges.push({ said, answer: message });
      said = [];
    } else said.push(message);
  }
  return exchanges;
}

/** The last exchanges whose tokens fit; at least none. Newest are kept. */
export function lastExchanges(
  exchanges: readonly Exchange[],
  tokens: number,
  count: (text: string) => number,
): Exchange[] {
  let left = tokens;
  const kept: Exchange[] = [];
  for (const exchange of [...exchanges].reverse()) {
    for (const message of [...exchange.said, exchange.answer]) left -= count(textOf(message)) + 6;
    if (left < 0) break;
    kept.unshift(exchange);
  }
  return kept;
}

/** The update that leaves only these messages in the window. */
export function replaceWindow(messages: readonly BaseMessage[]): BaseMessage[] {
  return [new RemoveMessage({ id: REMOVE_ALL_MESSAGES }), ...messages];
}

/** Messages by role and text, for stores and scripts. */
export const said = (text: string, name?: string): HumanMessage =>
  new HumanMessage({ content: text, ...(name !== undefined && { name }) });
export const answered = (text: string, characterId: string, id?: string): AIMessage =>
  new AIMessage({ content: text, name: characterId, ...(id !== undefined && { id }) });
