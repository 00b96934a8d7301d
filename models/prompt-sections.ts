import { countTokens } from "./token-count.js";

/** A message as a trace writes it. */
export interface PromptMessage {
  /** "system", "human", "ai" and so on. */
  role: string;
  name?: string | undefined;
  content: string;
}

/** A part of a prompt, in the order in which the model was given it. */
export interface PromptSection {
  /** A fence of the prompt ("biography"), or `instructions`, `answer-format`, `conversation`, `just-said`. */
  name: string;
  text: string;
  /** Of the text, without its fence. */
  tokens: number;
}

/** The line behind which the words stand that the voice is to answer. */
export const SAID_NOW = "This is what you hear now:";

const fence = /<([a-z][\w-]*)>\n([\s\S]*?)\n<\/\1>/gu;
/** How structured calls begin the schema that they put behind the last message. */
const format = /\n*Reply with one JSON value that fits this JSON Schema[\s\S]*$/u;

/**
 * The parts of a prompt as it was sent. What stands in no fence is wording of the program (`instructions`); messages
 * between the system message and the last one are the conversation; what stands behind `SAID_NOW` in the last message, or
 * all of it where it has no fence, is what was just said, or, where it stands alone, wording.
 */
export function promptSections(messages: readonly PromptMessage[]): PromptSection[] {
  const system = messages.filter(({ role }) => role === "system");
  const spoken = messages.filter(({ role }) => role !== "system");
  const last = spoken.at(-1);
  const history = spoken
    .slice(0, -1)
    .map(({ role, name, content }) => `${name ?? (role === "ai" ? "Answer" : "Said")}: ${content}`)
    .join("\n");
  const parts = [
    ...system.flatMap(({ content }) => fencedParts(content)),
    { name: "conversation", text: history },
    ...(last === undefined ? [] : lastParts(last.content, messages.length === 1)),
  ];
  return parts
    .filter(({ text }) => text.trim() !== "")
    .map(({ name, text }) => ({ name, text, tokens: countTokens(text) }));
}

type Part = Omit<PromptSection, "tokens">;

function lastParts(text: string, alone: boolean): Part[] {
  const marker = `\n\n${SAID_NOW}\n`;
  const at = text.indexOf(marker);
  if (at >= 0)
    return [...fencedParts(text.slice(0, at)), { name: "just-said", text: text.slice(at + marker.length) }];
  const parts = fencedParts(text);
  // What was said to somebody without a name stands alone, without a fence.
  return alone || parts.some(({ name }) => name !== "instructions") ? parts : [{ name: "just-said", text }];
}

function fencedParts(whole: string): Part[] {
  const schema = format.exec(whole)?.[0] ?? "";
  const text = whole.slice(0, whole.length - schema.length);
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(fence)) {
    parts.push({ name: "instructions", text: text.slice(at, match.index).trim() });
    parts.push({ name: match[1] ?? "", text: match[2] ?? "" });
    at = match.index + match[0].length;
  }
  parts.push({ name: "instructions", text: text.slice(at).trim() });
  if (schema !== "") parts.push({ name: "answer-format", text: schema.trim() });
  return parts.filter((part) => part.text !== "");
}
