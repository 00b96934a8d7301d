import type { RecalledMemory } from "../memory/recalled-memory.js";
import type { MindState } from "./mind.js";
import { clipped } from "./section.js";
import type { AgentDependencies } from "./turn.js";

/** Which side of a memory an agent is shown: Thinking its content and thinking, Emotion its feeling, Top its content and feeling. */
export type MemorySide = "thinking" | "feeling" | "speaking";

/** Recalled memories as lines for a prompt, within the budget; empty where nothing relevant was recalled. */
export function memoryLines(
  side: MemorySide,
  recollection: MindState["recollection"],
  deps: Pick<AgentDependencies, "budget" | "countTokens">,
): string {
  const memories = recollection?.memories ?? [];
  if (memories.length === 0) return "";
  const each = Math.floor(deps.budget.memories / memories.length);
  return memories
    .map((memory) => sides[side](memory, each, deps.countTokens).replace(/\s*\n\s*/gu, " "))
    .filter((line) => line !== "")
    .map((line) => `- ${line}`)
    .join("\n");
}

const sides: Record<
  MemorySide,
  (memory: RecalledMemory, tokens: number, count: AgentDependencies["countTokens"]) => string
> = {
  thinking: (memory, tokens, count) =>
    beside(memory, "I thought", memory.thinking, [0.7 * tokens, 0.3 * tokens], count),
  feeling: (memory, tokens, count) => {
    if (memory.emotion === undefined || memory.emotion.trim() === "")
      return `${when(memory)}${clipped(memory.text, Math.floor(tokens * 0.6), count)}`;
    const occasion = clipped(memory.text, Math.floor(tokens * 0.15), count);
    return `${when(memory)}“${occasion}” I felt: ${clipped(memory.emotion, Math.floor(tokens * 0.4), count)}`;
  },
  speaking: (memory, tokens, count) =>
    beside(memory, "I felt", memory.emotion, [0.65 * tokens, 0.35 * tokens], count),
};

/** A memory with what was thought or felt of it, each within so many tokens. */
function beside(
  memory: RecalledMemory,
  label: string,
  more: string | undefined,
  [text, side]: readonly [number, number],
  count: AgentDependencies["countTokens"],
): string {
  const told = `${when(memory)}${clipped(memory.text, Math.floor(text), count)}`;
  if (more === undefined || more.trim() === "") return told;
  return `${told} (${label}: ${clipped(more, Math.floor(side), count)})`;
}

/** Talks are dated, so that a later word on the same thing can be told from an earlier one; the life story carries its own dates. */
const when = ({ at, kind }: RecalledMemory): string =>
  kind === "life" || at === undefined ? "" : `[from a talk on ${at.slice(0, 16).replace("T", " ")}] `;
