import { createHash } from "node:crypto";
import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";
import { exchangesOf, textOf } from "../conversation.js";

/** Key in a message's `additional_kwargs` under which a guard's own words are known. */
export const GUARD_MARK = "simulacra_guard";

const marked = (message: BaseMessage | undefined, as: "replace" | "stop"): boolean =>
  message?.additional_kwargs[GUARD_MARK] === as;

/** Whether these words stand where a guard took others out. */
export const isReplaced = (message: BaseMessage | undefined): boolean => marked(message, "replace");

/** Whether this is what was said in place of an answer when the guard stopped a stimulus. */
export const isStopNotice = (message: BaseMessage | undefined): boolean => marked(message, "stop");

/** The same message with other words: id, speaker and kind stay, nothing else of it does. */
export function inOtherWords(message: BaseMessage, text: string): BaseMessage {
  const fields = {
    content: text,
    additional_kwargs: { [GUARD_MARK]: "replace" },
    ...(message.id !== undefined && { id: message.id }),
    ...(message.name !== undefined && { name: message.name }),
  };
  return message.type === "ai" ? new AIMessage(fields) : new HumanMessage(fields);
}

/** What ends a turn that the guard stopped. It carries the character's id, so that what was said before it is not heard later. */
export const stopNotice = (text: string, characterId: string): AIMessage =>
  new AIMessage({ content: text, name: characterId, additional_kwargs: { [GUARD_MARK]: "stop" } });

/** By which a stopped exchange is known again where a host kept the bare words; the words cannot be read from it. */
export const stoppedFingerprint = (said: readonly BaseMessage[], notice: string): string =>
  createHash("sha256")
    .update(JSON.stringify([...said.map(textOf), notice].map((text) => text.trim())))
    .digest("hex");

/** The conversation without turns that the guard stopped, wherever a host has kept them: told by the mark or by `noted`. */
export function withoutStopped(
  messages: BaseMessage[],
  characterId: string,
  noted: readonly string[] = [],
): BaseMessage[] {
  const gone = new Set<BaseMessage>();
  if (messages.some(isStopNotice))
    for (const { said, answer } of exchangesOf(messages, characterId))
      if (isStopNotice(answer)) for (const message of [...said, answer]) gone.add(message);
  const again = noted.length > 0 ? sentAgain(messages, noted) : [];
  for (const message of again) gone.add(message);
  if (gone.size === 0) return messages;
  // A host that sends the notice without its name keeps no names: the answers that it sends after it are ours as well.
  const nameless = messages.findIndex(
    (message) => again.includes(message) && message.type === "ai" && message.name === undefined,
  );
  const ours = new Set(
    nameless < 0
      ? []
      : messages.slice(nameless).filter(({ type, name }) => type === "ai" && name === undefined),
  );
  return messages
    .filter((message) => !gone.has(message))
    .map((message) => (ours.has(message) ? named(message, characterId) : message));
}

const named = ({ content, id }: BaseMessage, name: string): BaseMessage =>
  new AIMessage({ content, name, ...(id !== undefined && { id }) });

/** Told without names: where others are named, a notice without one passes for nobody's answer. */
function sentAgain(messages: readonly BaseMessage[], noted: readonly string[]): BaseMessage[] {
  return messages.flatMap((notice, end) => {
    if (notice.type !== "ai") return [];
    for (let from = end - 1; from >= 0 && messages[from]?.type === "human"; from--) {
      const said = messages.slice(from, end);
      if (noted.includes(stoppedFingerprint(said, textOf(notice)))) return [...said, notice];
    }
    return [];
  });
}

/** A turn as the memory keeps it, as far as it is compared here. */
interface StoredTurn {
  stimulus: readonly { text: string; replaced?: boolean | undefined }[];
  answer: { id: string; text: string };
}

/**
 * A host that keeps the conversation itself has the words there that the guard took out. What the memory has stored of
 * the same turns, compared from the newest on, takes their place.
 */
export function asHeard(
  messages: BaseMessage[],
  turns: readonly StoredTurn[],
  characterId: string,
): BaseMessage[] {
  const heard = new Map<BaseMessage, BaseMessage>();
  const stored = [...turns].reverse();
  for (const { said, answer } of exchangesOf(messages, characterId).reverse()) {
    const place = stored.findIndex((turn) => turn.answer.id === answer.id || isSameTurn(turn, said, answer));
    const [turn] = place < 0 ? [] : stored.splice(0, place + 1).slice(-1);
    if (turn?.stimulus.length !== said.length) continue;
    for (const [index, message] of said.entries()) {
      const { text, replaced } = turn.stimulus[index] ?? {};
      if (replaced && text !== undefined && text !== textOf(message))
        heard.set(message, inOtherWords(message, text));
    }
  }
  return heard.size === 0 ? messages : messages.map((message) => heard.get(message) ?? message);
}

/** Told by the words where a host sends no ids: the same answer may have been given to other words before. */
const isSameTurn = (turn: StoredTurn, said: readonly BaseMessage[], answer: BaseMessage): boolean =>
  turn.answer.text === textOf(answer) &&
  turn.stimulus.length === said.length &&
  turn.stimulus.every(({ text, replaced }, index) => {
    const message = said[index];
    return replaced || (message !== undefined && text === textOf(message));
  });
