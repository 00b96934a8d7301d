import type { TracedMessage } from "./trace-line.js";

/** A part of a prompt, in the order in which the model was given it. */
export interface PromptSection {
  /** A fence of the prompt ("biography"), or `instructions`, `answer-format`, `conversation`, `just-said`. */
  name: string;
  text: string;
}

const fence = /<([a-z][\w-]*)>\n([\s\S]*?)\n<\/\1>/gu;
/** How models' structured calls begin the schema that they put behind a system message. */
const format = /\n*Reply with one JSON value that fits this JSON Schema[\s\S]*$/u;

/** The parts of a prompt as it was sent. What stands in no fence is wording of the program; turns between system and last message are the conversation. */
export function promptSections(messages: readonly TracedMessage[]): PromptSection[] {
  const system = messages.filter(({ role }) => role === "system");
  const spoken = messages.filter(({ role }) => role !== "system");
  const last = spoken.at(-1);
  const history = spoken
    .slice(0, -1)
    .map(({ role, name, content }) => `${name ?? (role === "ai" ? "Answer" : "Said")}: ${content}`)
    .join("\n");
  return [
    ...system.flatMap(({ content }) => fencedParts(content)),
    { name: "conversation", text: history },
    ...(last === undefined ? [] : lastParts(last.content)),
  ].filter(({ text }) => text.trim() !== "");
}

const lastParts = (text: string): PromptSection[] => {
  const parts = fencedParts(text);
  // The voice hears what was said as it was said, without a fence.
  return parts.some(({ name }) => name !== "instructions") ? parts : [{ name: "just-said", text }];
};

function fencedParts(whole: string): PromptSection[] {
  const schema = format.exec(whole)?.[0] ?? "";
  const text = whole.slice(0, whole.length - schema.length);
  const parts: PromptSection[] = [];
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
