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
    joined(
      memory,
      clipped(memory.text, Math.floor(tokens * 0.7), count),
      "I thought",
      memory.thinking,
      Math.floor(tokens * 0.3),
      count,
    ),
  feeling: (memory, tokens, count) => {
    if (memory.emotion === undefined || memory.emotion.trim() === "")
      return `${when(memory)}${clipped(memory.text, Math.floor(tokens * 0.6), count)}`;
    const occasion = clipped(memory.text, Math.floor(tokens * 0.15), count);
    return `${when(memory)}“${occasion}” I felt: ${clipped(memory.emotion, Math.floor(tokens * 0.4), count)}`;
  },
  speaking: (memory, tokens, count) =>
    joined(
      memory,
      clipped(memory.text, Math.floor(tokens * 0.65), count),
      "I felt",
      memory.emotion,
      Math.floor(tokens * 0.35),
      count,
    ),
};

function joined(
  memory: RecalledMemory,
  text: string,
  label: string,
  more: string | undefined,
  tokens: number,
  count: AgentDependencies["countTokens"],
): string {
  const side = more === undefined || more.trim() === "" ? "" : ` (${label}: ${clipped(more, tokens, count)})`;
  return `${when(memory)}${text}${side}`;
}

/** Talks are dated, so that a later word on the same thing can be told from an earlier one; the life story carries its own dates. */
const when = ({ at, kind }: RecalledMemory): string =>
  kind === "life" || at === undefined ? "" : `[from a talk on ${at.slice(0, 16).replace("T", " ")}] `;
