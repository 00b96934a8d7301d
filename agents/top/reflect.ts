import type { RunnableConfig } from "@langchain/core/runnables";
import { callStructured } from "../../models/index.js";
import type { MindState, MindUpdate } from "../mind.js";
import { clipped } from "../section.js";
import { type AgentDependencies, faultOf, meterOf, peopleInWords, recentLines, viewOf } from "../turn.js";
import { reflectPrompt, reflectSchema } from "./reflect.prompt.js";

/** Top reads the stimulus: key elements, whether a memory is asked for, and what to recall. If it fails, recall goes by the stimulus itself. */
export const reflect =
  (deps: AgentDependencies) =>
  async (state: MindState, config: RunnableConfig): Promise<MindUpdate> => {
    const view = viewOf(state, deps);
    const meter = meterOf(config);
    try {
      const { value } = await callStructured({
        model: deps.agents,
        messages: reflectPrompt({
          character: deps.character,
          people: peopleInWords(view.people),
          recent: recentLines(view, deps, deps.budget.history.reflect),
          said: clipped(view.said, deps.budget.stimulus, deps.countTokens),
        }),
        schema: reflectSchema,
        name: "reflection",
        role: "top",
        config,
        silent: true,
        ...(meter && { meter }),
      });
      return { reflection: value };
    } catch (error) {
      return { reflection: null, faults: faultOf("top", error, config.signal) };
    }
  };
