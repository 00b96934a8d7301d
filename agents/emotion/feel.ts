import { describeMood } from "../../memory/mood.js";
import type { AgentTurn } from "../agent.js";
import type { Feeling } from "./agent.js";
import { feelSchema, feelTask } from "./feel.prompt.js";
import { takenFeelingSchema } from "./taken-feeling.js";

/**
 * Emotion responds to the stimulus out of character, memory and mood. If it fails there is no feeling, and the mood only
 * fades; a number that cannot be read is that of the mood, which so stays where it is.
 */
export async function feel(turn: AgentTurn): Promise<Feeling> {
  const { mood } = turn.state;
  const task = feelTask(turn.character.name, mood === null ? "not known" : describeMood(mood));
  const { text, valence, arousal } = await turn.callStructured(
    turn.prompt(task),
    feelSchema,
    takenFeelingSchema,
  );
  return { text, valence: valence ?? mood?.valence ?? 0, arousal: arousal ?? mood?.arousal ?? 0 };
}
