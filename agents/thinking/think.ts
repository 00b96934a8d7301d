import type { AgentTurn } from "../agent.js";
import { clipped } from "../section.js";
import { sameWords } from "../usable-words.js";
import { intentions, thinkTask } from "./think.prompt.js";

/** Tokens of a thought: it is to guide the answer, not to replace it. */
const LONGEST = 140;

/**
 * Thinking analyses the stimulus with what is known and remembered. If it fails there is no thought, not yesterday's:
 * neither where it only says again what was thought in the turn before.
 */
export async function think(turn: AgentTurn): Promise<string | null> {
  const { thought, intention } = readThought(await turn.callText(turn.prompt(thinkTask())));
  const kept = clipped(thought, LONGEST, turn.deps.countTokens);
  const whole = intention === undefined ? kept : `${kept}\nI want to: ${intention}`.trim();
  const last = turn.state.talk?.lastThought;
  return typeof last === "string" && sameWords(last, whole) ? null : whole;
}

/** Parts a thought from its last line, which says what the person wants to do; a model that leaves it out has only thought. */
export function readThought(reply: string): { thought: string; intention?: (typeof intentions)[number] } {
  const line = /(?:^|\n)[*_\s]*I want to[:*_\s]+(.+?)[\s*_.”"]*$/iu.exec(reply);
  if (!line) return { thought: reply.trim() };
  const wanted = (line[1] ?? "").toLowerCase();
  const intention = intentions.find((one) => wanted.startsWith(one));
  // Other words after "I want to" are a part of the thought.
  return intention === undefined
    ? { thought: reply.trim() }
    : { thought: reply.slice(0, line.index).trim(), intention };
}
