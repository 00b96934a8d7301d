import type { AgentTurn } from "../agent.js";
import { clipped } from "../section.js";
import { sameWords } from "../usable-words.js";
import { thinkPrompt } from "./think.prompt.js";

/** Thinking analyses the stimulus with what is known and remembered. If it fails there is no thought, not yesterday's: neither where it only repeats that of the turn before. */
export async function think(turn: AgentTurn): Promise<string | null> {
  const thought = await turn.callText(
    thinkPrompt({
      name: turn.character.name,
      persona: turn.persona,
      memories: turn.memories("thinking"),
      scene: turn.view.scene,
      people: turn.people,
      recent: turn.recent(turn.deps.budget.history.think),
      said: turn.said,
    }),
  );
  const last = turn.state.talk?.lastThought;
  if (typeof last === "string" && sameWords(last, thought)) return null;
  return clipped(thought, 160, turn.deps.countTokens);
}
