import type { BaseMessage } from "@langchain/core/messages";
import { messageText } from "../message-text.js";
import { affectOf } from "./affect.js";
import type { JsonSchema } from "./find-schema.js";
import { clipped, finished, splitSentences } from "./sentences.js";

/** Longest summary of a memory, in characters. */
const longestSummary = 240;

/** The last thing said to the model, as far as it may be a task of memory construction. */
const lastAsked = (messages: readonly BaseMessage[]): string => {
  const last = messages.findLast((message) => message.getType() === "human");
  return last === undefined ? "" : messageText(last);
};

/** What stands at the beginning of a text in these tags. */
const opensWith = (tag: string, text: string): string | undefined =>
  new RegExp(`^<${tag}>\\n([\\s\\S]*?)\\n</${tag}>`).exec(text)?.[1];

const asks = (schema: JsonSchema | undefined, ...keys: string[]): boolean =>
  Object.keys(schema?.properties ?? {}).join() === keys.join();

/**
 * A part of a memory, where the prompt asks for one: the content is the passage itself, so that all that was written can
 * be recalled; the summary its beginning; thought and feeling a plain sentence by the feeling words in it.
 */
export function constructedPart(
  messages: readonly BaseMessage[],
  schema: JsonSchema | undefined,
): string | undefined {
  const asked = lastAsked(messages);
  const passage = opensWith("passage", asked);
  if (passage !== undefined) {
    if (schema === undefined && /^Write only the memory\b/m.test(asked)) return passage;
    if (asks(schema, "text", "valence", "arousal")) return JSON.stringify(feelingOf(passage));
  }
  const memory = opensWith("memory", asked);
  if (memory !== undefined) {
    if (schema === undefined && /^Write only the summary\b/m.test(asked)) return beginningOf(memory);
    if (asks(schema, "thinking", "importance")) return JSON.stringify(thoughtOf(memory));
  }
  return undefined;
}

/** The first sentence, and the next ones while they are short together. */
function beginningOf(text: string): string {
  const sentences = splitSentences(text.replace(/\s+/g, " "));
  let beginning = "";
  for (const sentence of sentences) {
    const longer = `${beginning} ${sentence}`.trim();
    if (beginning !== "" && longer.length > longestSummary / 2) break;
    beginning = longer;
  }
  return finished(clipped(beginning || text, longestSummary));
}

function feelingOf(text: string) {
  const { valence, arousal, words } = affectOf(text);
  return {
    text:
      words === 0 || Math.abs(valence) < 0.15
        ? "I feel calm when I think of it."
        : valence > 0
          ? "It warms me to think of it."
          : "It weighs on me to think of it.",
    valence: rounded(valence),
    arousal: rounded(arousal),
  };
}

/** Events that a life turns on. */
const lifeEvent =
  /\b(?:born|birth|died|death|married|wedding|war|accident|moved|first|never|always|lost|promise|secret|father|mother|child)\b/gi;

/** How much a text matters in a life, in [0, 1]: by the strength of its feeling words and the life events named. */
export function importanceOf(text: string): number {
  const { valence, arousal } = affectOf(text);
  const events = text.match(lifeEvent)?.length ?? 0;
  return Math.min(0.95, 0.3 + 0.3 * Math.abs(valence) + 0.2 * arousal + 0.08 * Math.min(4, events));
}

function thoughtOf(text: string) {
  const { valence, words } = affectOf(text);
  const thinking =
    words === 0 || Math.abs(valence) < 0.15
      ? "It belongs to my life."
      : valence > 0
        ? "I am glad that it was so."
        : "I would rather it had gone otherwise.";
  return { thinking, importance: rounded(importanceOf(text)) };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
