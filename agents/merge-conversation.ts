import { randomUUID } from "node:crypto";
import { type BaseMessage, type BaseMessageLike, coerceMessageLikeToMessage } from "@langchain/core/messages";
import { REMOVE_ALL_MESSAGES } from "@langchain/langgraph";
import { textOf } from "./conversation.js";
import { isReplaced } from "./guard/marks.js";

/** How many different scenes a window keeps. */
const SCENES = 4;

/**
 * Reducer of the conversation. New messages are appended; one with a known id replaces its predecessor; a
 * `RemoveMessage` removes. Scenes (system messages) stand at the head: each text once, the one told last at the end.
 *
 * A list of several messages that shares a run of them with the window, an AI message among them, is the host's version
 * of the conversation, sent again: what follows the run is new, and what the window has beyond it is replaced (the host
 * asks for another answer, or goes on from an earlier point). Messages agree by id, else by role, name and content; a
 * name that one side leaves out does not count. Words that a guard put in the place of others agree with whatever the host
 * still has there, and stay, until the host asks for a new answer to them. One message alone is always new, even if the same was said before; with the id of
 * the words that were answered last, it is those words delivered again, and asks for another answer.
 */
export function mergeConversation(
  window: readonly BaseMessage[],
  sentByHost: readonly BaseMessageLike[],
): BaseMessage[] {
  const update = sentByHost.map(asMessage);
  const removeAll = update.findIndex(
    (message) => message.type === "remove" && message.id === REMOVE_ALL_MESSAGES,
  );
  if (removeAll >= 0) return mergeConversation([], update.slice(removeAll + 1));
  const removed = new Set(update.flatMap(({ type, id }) => (type === "remove" ? [id] : [])));
  const left = window.filter(({ id }) => id === undefined || !removed.has(id));
  const scenes = mergedScenes(left.filter(isScene), update.filter(isScene));
  const known = left.filter((message) => !isScene(message));
  const sent = update.filter((message) => !isScene(message) && message.type !== "remove");
  return withIds([...scenes, ...mergedTalk(known, sent)]);
}

/**
 * What a host sends as a message, LangChain's shorthands too (`{role, content}`, `[role, text]`, a text). A null means
 * absent there.
 * @throws Error where it is none
 */
export function asMessage(sent: BaseMessageLike): BaseMessage {
  const given: unknown = sent;
  const isPlain =
    typeof given === "object" && given !== null && Object.getPrototypeOf(given) === Object.prototype;
  const message = coerceMessageLikeToMessage(
    isPlain
      ? ({
          ...given,
          ...("content" in given && given.content === null && { content: "" }),
        } as BaseMessageLike)
      : sent,
  );
  for (const key of ["id", "name"] as const) {
    if (message[key] !== null) continue;
    delete message[key];
    delete message.lc_kwargs[key];
  }
  return message;
}

const isScene = ({ type }: BaseMessage): boolean => type === "system";

/** Scenes as texts: each once, the one told last at the end. */
export function withScenes(known: readonly string[], told: readonly string[]): string[] {
  return [...new Set([...known, ...told].reverse())].reverse().slice(-SCENES);
}

function mergedScenes(known: readonly BaseMessage[], sent: readonly BaseMessage[]): BaseMessage[] {
  let scenes = [...known];
  for (const scene of sent) {
    const same = scenes.find((other) => textOf(other) === textOf(scene));
    scenes = scenes.filter((other) => other !== same && !(scene.id !== undefined && other.id === scene.id));
    scenes.push(same ?? scene);
  }
  return scenes.slice(-SCENES);
}

function mergedTalk(known: readonly BaseMessage[], sent: readonly BaseMessage[]): BaseMessage[] {
  const shared = sharedRun(known, sent) ?? deliveredAgain(known, sent);
  const fresh = shared ? sent.slice(shared.sent + shared.length) : sent;
  // A history that ends with an answer asks for nothing: it takes nothing back.
  const toldAgain = fresh.length === 0 && sent.at(-1)?.type === "ai";
  const lastAnswer = sent.findLastIndex(({ type }) => type === "ai");
  const merged = shared && !toldAgain ? known.slice(0, shared.known + shared.length) : [...known];
  for (const [index, message] of sent.entries()) {
    if (shared && index < shared.sent) continue;
    const place = message.id === undefined ? -1 : merged.findIndex(({ id }) => id === message.id);
    if (place >= 0 && index < lastAnswer && isReplaced(merged[place])) continue;
    if (place >= 0) merged[place] = message;
    else if (fresh.includes(message)) merged.push(message);
  }
  return merged;
}

/** The window up to the words that were answered last, where they alone are sent again, by their id. */
function deliveredAgain(known: readonly BaseMessage[], sent: readonly BaseMessage[]): SharedRun | undefined {
  const last = known.findLastIndex(({ type }) => type === "human");
  const heard = known[last];
  const [message] = sent;
  if (!heard || sent.length !== 1 || message?.id === undefined || message.id !== heard.id) return undefined;
  const same = isReplaced(heard) || textOf(message) === textOf(heard);
  return same ? { known: last, sent: 0, length: 1 } : undefined;
}

/** Where a run of messages that both lists share begins in each of them. */
interface SharedRun {
  known: number;
  sent: number;
  length: number;
}

/** The longest shared run with an AI message in it; of several the one that leaves the least to be new. */
function sharedRun(known: readonly BaseMessage[], sent: readonly BaseMessage[]): SharedRun | undefined {
  if (sent.length < 2) return undefined;
  const lastAnswer = known.findLastIndex(({ type }) => type === "ai");
  let best: SharedRun | undefined;
  for (let shift = 1 - known.length; shift < sent.length; shift++) {
    const at = { known: Math.max(0, -shift), sent: Math.max(0, shift) };
    let length = 0;
    while (agree(known[at.known + length], sent[at.sent + length])) length++;
    const run = known.slice(at.known, at.known + length);
    if (!run.some(({ type }) => type === "ai")) continue;
    // From the middle of the window on, words alone prove a history only if none of its answers is left out.
    const whole = at.known === 0 || at.known + length > lastAnswer;
    const byId = run.every(({ id }, place) => id !== undefined && id === sent[at.sent + place]?.id);
    if ((whole || byId) && length >= (best?.length ?? 0)) best = { ...at, length };
  }
  return best;
}

function agree(known: BaseMessage | undefined, sent: BaseMessage | undefined): boolean {
  if (known === undefined || sent === undefined || known.type !== sent.type) return false;
  if (known.id !== undefined && known.id === sent.id) return true;
  const names = known.name === undefined || sent.name === undefined || known.name === sent.name;
  if (names && isReplaced(known)) return true;
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
