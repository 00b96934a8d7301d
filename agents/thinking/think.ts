import type { RunnableConfig } from "@langchain/core/runnables";
import { callText } from "../../models/index.js";
import { agentCall } from "../agent-call.js";
import type { MindState, MindUpdate } from "../mind.js";
import { personaBlock } from "../persona.js";
import { memoriesFor } from "../recalled-in-words.js";
import { clipped } from "../section.js";
import { recentLines } from "../shown-exchanges.js";
import { type AgentDependencies, faultOf } from "../turn.js";
import { peopleInWords, saidWithin, viewOf } from "../turn-view.js";
import { thinkPrompt } from "./think.prompt.js";

/** Thinking analyses the stimulus with what is known and remembered. If it fails there is no thought, not yesterday's. */
export const think =
  (deps: AgentDependencies) =>
  async (state: MindState, config: RunnableConfig): Promise<MindUpdate> => {
    const view = viewOf(state, deps);
    try {
      const { text } = await callText({
        ...agentCall(deps, "thinking", "think", config),
        messages: thinkPrompt({
          name: deps.character.name,
          persona: personaBlock(deps.character, deps.budget, deps.countTokens),
          memories: memoriesFor("thinking", state.recollection, deps),
          scene: view.scene,
          people: peopleInWords(view.people, deps),
          recent: recentLines(view, deps, deps.budget.history.think),
          said: saidWithin(view, deps.budget.stimulus, deps.countTokens),
        }),
      });
      return { thought: clipped(text, 160, deps.countTokens) };
    } catch (error) {
      return { thought: null, faults: faultOf("thinking", error, config.signal) };
    }
  };
