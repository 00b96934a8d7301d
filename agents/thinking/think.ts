import type { AgentTurn } from "../agent.js";
import { clipped } from "../section.js";
import { sameWords } from "../usable-words.js";
import { intentions, thinkTask } from "./think.prompt.js";

/** Tokens of a thought: it is to guide the answer, not to replace it. */
const LONGEST = 140;

/**
 * Thinking analyses the stimulus with what is known and remembered. If it fails there is no thought, not yesterday's:
 * neither where it only repeats that of the turn before.
 */
export async function think(turn: AgentTurn): Promise<string | null> {
  const { thought, intention } = readThought(await turn.callText(turn.prompt(thinkTask())));
  const kept = clipped(thought, LONGEST, turn.deps.countTokens);
  const whole = intention === undefined ? kept : `${kept}\nI want to: ${intention}`.trim();
  const last = turn.state.talk?.lastThought;
  return typeof last === "string" && sameWords(last, whole) ? null : whole;
}

const opening = /^[*_\s]*I want to(?:[:*_\s]+|$)/iu;

/** Parts a thought from its last line, which says what the person wants to do; a model that leaves it out has only thought. */
export function readThought(reply: string): { thought: string; intention?: (typeof intentions)[number] } {
  const lines = reply.split("\n");
  const at = lines.findLastIndex((line) => opening.test(line));
  if (at < 0) return { thought: reply.trim() };
  const [wanted = "", ...more] = lines
    .slice(at)
    .join("\n")
    .replace(opening, "")
    .trimStart()
    .toLowerCase()
    .split("\n");
  const isLast = /^[\s*_.”"]*$/u.test(more.join("\n"));
  const intention = isLast ? intentions.find((one) => wanted.startsWith(one)) : undefined;
  // Other words after "I want to" are a part of the thought.
  return intention === undefined
    ? { thought: reply.trim() }
    : { thought: lines.slice(0, at).join("\n").trim(), intention };
}
