import type { RunnableConfig } from "@langchain/core/runnables";
import type { PassageIndex } from "../../memory/passage-index.js";
import { textOf } from "../conversation.js";
import type { MindState, MindUpdate } from "../mind.js";
import { type AgentDependencies, faultOf, viewOf } from "../turn.js";

/** How many passages the method `rag` sees. */
export const PASSAGES = 3;

/** Finds the passages of the life story nearest to the stimulus (method `rag`); no other memory takes part. */
export const retrieve =
  (deps: AgentDependencies, passages: PassageIndex) =>
  async (state: MindState, config: RunnableConfig): Promise<MindUpdate & { passages: string[] }> => {
    const said = viewOf(state, deps).stimulus.map(textOf).join("\n");
    try {
      const found = said.trim() === "" ? [] : await passages.nearest(said.slice(0, 2000), PASSAGES);
      return { passages: found.map(({ text }) => text) };
    } catch (error) {
      return { passages: [], faults: faultOf("memory", error, config.signal) };
    }
  };
