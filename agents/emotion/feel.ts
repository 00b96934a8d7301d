import type { RunnableConfig } from "@langchain/core/runnables";
import { moodInWords } from "../../memory/mood.js";
import { callStructured } from "../../models/index.js";
import { agentCall } from "../agent-call.js";
import type { MindState, MindUpdate } from "../mind.js";
import { traitLines } from "../persona.js";
import { memoriesFor } from "../recalled-in-words.js";
import { recentLines } from "../shown-exchanges.js";
import { type AgentDependencies, faultOf } from "../turn.js";
import { peopleInWords, saidWithin, viewOf } from "../turn-view.js";
import { feelPrompt, feelSchema } from "./feel.prompt.js";

/** Emotion responds to the stimulus out of character, memory and mood. If it fails there is no feeling, and the mood only fades. */
export const feel =
  (deps: AgentDependencies) =>
  async (state: MindState, config: RunnableConfig): Promise<MindUpdate> => {
    const view = viewOf(state, deps);
    try {
      const { value } = await callStructured({
        ...agentCall(deps, "emotion", "feel", config),
        messages: feelPrompt({
          name: deps.character.name,
          traits: traitLines(deps.character, deps.budget, deps.countTokens),
          memories: memoriesFor("feeling", state.recollection, deps),
          mood: state.mood === null ? "not known" : moodInWords(state.mood),
          people: peopleInWords(view.people, deps),
          recent: recentLines(view, deps, deps.budget.history.feel),
          said: saidWithin(view, deps.budget.stimulus, deps.countTokens),
        }),
        schema: feelSchema,
        name: "feeling",
      });
      return { feeling: value };
    } catch (error) {
      return { feeling: null, faults: faultOf("emotion", error, config.signal) };
    }
  };
