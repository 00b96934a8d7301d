import { describeMood } from "../../memory/mood.js";
import type { AgentTurn } from "../agent.js";
import type { Feeling } from "./agent.js";
import { feelPrompt, feelSchema } from "./feel.prompt.js";

/** Emotion responds to the stimulus out of character, memory and mood. If it fails there is no feeling, and the mood only fades. */
export const feel = (turn: AgentTurn): Promise<Feeling> =>
  turn.callStructured(
    feelPrompt({
      name: turn.character.name,
      traits: turn.traits,
      memories: turn.memories("feeling"),
      mood: turn.state.mood === null ? "not known" : describeMood(turn.state.mood),
      people: turn.people,
      recent: turn.recent(turn.deps.budget.history.feel),
      said: turn.said,
    }),
    feelSchema,
  );
