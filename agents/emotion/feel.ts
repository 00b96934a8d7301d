import { describeMood } from "../../memory/mood.js";
import type { AgentTurn } from "../agent.js";
import type { Feeling } from "./agent.js";
import { feelSchema, feelTask } from "./feel.prompt.js";

/** Emotion responds to the stimulus out of character, memory and mood. If it fails there is no feeling, and the mood only fades. */
export const feel = (turn: AgentTurn): Promise<Feeling> => {
  const { mood } = turn.state;
  const task = feelTask(turn.character.name, mood === null ? "not known" : describeMood(mood));
  return turn.callStructured(turn.prompt(task), feelSchema);
};
