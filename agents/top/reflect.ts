import type { RunnableConfig } from "@langchain/core/runnables";
import { callStructured } from "../../models/index.js";
import { agentCall } from "../agent-call.js";
import type { MindState, MindUpdate } from "../mind.js";
import { recentLines } from "../shown-exchanges.js";
import { type AgentDependencies, faultOf } from "../turn.js";
import { peopleInWords, saidWithin, viewOf } from "../turn-view.js";
import { reflectPrompt, reflectSchema } from "./reflect.prompt.js";

/** Top reads the stimulus: key elements, whether a memory is asked for, and what to recall. If it fails, recall goes by the stimulus itself. */
export const reflect =
  (deps: AgentDependencies) =>
  async (state: MindState, config: RunnableConfig): Promise<MindUpdate> => {
    const view = viewOf(state, deps);
    try {
      const { value } = await callStructured({
        ...agentCall(deps, "top", "reflect", config),
        messages: reflectPrompt({
          character: deps.character,
          people: peopleInWords(view.people, deps),
          recent: recentLines(view, deps, deps.budget.history.reflect),
          said: saidWithin(view, deps.budget.stimulus, deps.countTokens),
        }),
        schema: reflectSchema,
        name: "reflection",
      });
      return { reflection: value };
    } catch (error) {
      return { reflection: null, faults: faultOf("top", error, config.signal) };
    }
  };
