import type { AgentTurn } from "../agent.js";
import { seemsToAskForMemory } from "../memory/recall.js";
import type { Reflection } from "./agent.js";
import { reflectSchema, reflectTask } from "./reflect.prompt.js";
import { takenReflectionSchema } from "./taken-reflection.js";

/**
 * Top reads the stimulus: key elements, whether a memory is asked for, and what to recall. If it fails, recall goes by the
 * stimulus itself; so it does where only the queries are missing, and whether a memory is asked for is read from the words.
 */
export async function reflect(turn: AgentTurn): Promise<Reflection> {
  const { asksForMemory, ...noticed } = await turn.callStructured(
    turn.prompt(reflectTask()),
    reflectSchema,
    takenReflectionSchema,
  );
  return { ...noticed, asksForMemory: asksForMemory ?? seemsToAskForMemory(turn.said) };
}
