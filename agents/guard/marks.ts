import { createHash } from "node:crypto";
import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";
import { exchangesOf, textOf } from "../conversation.js";

/** Key in a message's `additional_kwargs` under which a guard's own words are known. */
const GUARD_MARK = "simulacra_guard";

const marked = (message: BaseMessage | undefined, as: "replace" | "stop"): boolean =>
  message?.additional_kwargs[GUARD_MARK] === as;

/** Whether these words stand where a guard took others out. */
export const isReplaced = (message: BaseMessage | undefined): boolean => marked(message, "replace");

/** Whether this is what was said in place of an answer when the guard stopped a stimulus. */
const isStopNotice = (message: BaseMessage | undefined): boolean => marked(message, "stop");

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
