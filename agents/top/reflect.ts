import type { AgentTurn } from "../agent.js";
import type { Reflection } from "./agent.js";
import { reflectSchema, reflectTask } from "./reflect.prompt.js";

/** Top reads the stimulus: key elements, whether a memory is asked for, and what to recall. If it fails, recall goes by the stimulus itself. */
export const reflect = (turn: AgentTurn): Promise<Reflection> =>
  turn.callStructured(turn.prompt(reflectTask()), reflectSchema);
