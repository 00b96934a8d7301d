import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";

/** Plain text of a message, whatever parts its content has. */
export const textOf = (message: BaseMessage): string =>
  // The getter translates every provider's blocks; most messages are a string.
  typeof message.content === "string" ? message.content : message.text;

/** Words of people and voices: no scene, no call or result of a tool, nothing empty. */
const isSpeech = (message: BaseMessage): boolean =>
  !["system", "tool", "function", "remove"].includes(message.type) && textOf(message).trim() !== "";

/**
 * The simulacrum's own speech: AI messages in its name. One without a name counts as its own only in a talk of two, and
 * only before any AI message with a name: so a history from a host that keeps no names reads as it was.
 */
function ownSpeech(messages: readonly BaseMessage[], characterId: string): ReadonlySet<BaseMessage> {
  const voices = messages.filter((message) => message.type === "ai" && isSpeech(message));
  const people = new Set(messages.flatMap(({ type, name }) => (type === "human" && name ? [name] : [])));
  const two = people.size <= 1 && voices.every(({ name }) => name === undefined || name === characterId);
  const firstNamed = voices.findIndex(({ name }) => name !== undefined);
  const nameless = two ? voices.slice(0, firstNamed < 0 ? voices.length : firstNamed) : [];
  return new Set([...nameless, ...voices.filter(({ name }) => name === characterId)]);
}

/** What just reached the simulacrum: everything said after its own last words. */
export function stimulusOf(messages: readonly BaseMessage[], characterId: string): BaseMessage[] {
  const own = ownSpeech(messages, characterId);
  const last = messages.findLastIndex((message) => own.has(message));
  return messages.slice(last + 1).filter(isSpeech);
}

/** A host's system messages, oldest first: the scene in which the talk takes place. Never an instruction. */
export const sceneOf = (messages: readonly BaseMessage[]): string[] =>
  messages.filter(({ type }) => type === "system").map(textOf);

/** One exchange: what was said to the simulacrum, and its answer. */
export interface Exchange {
  said: BaseMessage[];
  answer: BaseMessage;
}

/** The finished exchanges of a conversation, oldest first; what came after the last answer is the stimulus. */
export function exchangesOf(messages: readonly BaseMessage[], characterId: string): Exchange[] {
  const own = ownSpeech(messages, characterId);
  const exchanges: Exchange[] = [];
  let said: BaseMessage[] = [];
  for (const message of messages) {
    if (own.has(message)) {
      exchanges.push({ said, answer: message });
      said = [];
    } else if (isSpeech(message)) said.push(message);
  }
  return exchanges;
}

/** Tokens that a message takes beside its text. */
export const TOKENS_PER_MESSAGE = 6;

/**
 * The exchanges that working memory holds. Where they no longer fit, half of its room is cleared at once: so the beginning
 * of a prompt stays the same for many turns. The newest is kept however long it is; prompts show as much of it as fits.
 */
export function lastExchanges(
  exchanges: readonly Exchange[],
  tokens: number,
  count: (text: string) => number,
): Exchange[] {
  const sizes = exchanges.map(({ said, answer }) =>
    [...said, answer].reduce((sum, message) => sum + count(textOf(message)) + TOKENS_PER_MESSAGE, 0),
  );
  let start = 0;
  let held = 0;
  sizes.forEach((size, place) => {
    held += size;
    if (held <= tokens) return;
    while (start < place && held > tokens / 2) held -= sizes[start++] ?? 0;
  });
  return exchanges.slice(start);
}

/** Messages by role and text, for stores and scripts. */
export const said = (text: string, name?: string): HumanMessage =>
  new HumanMessage({ content: text, ...(name !== undefined && { name }) });
export const answered = (text: string, characterId: string, id?: string): AIMessage =>
  new AIMessage({ content: text, name: characterId, ...(id !== undefined && { id }) });
