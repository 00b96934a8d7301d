import type { RunnableConfig } from "@langchain/core/runnables";
import type { PassageIndex } from "../../memory/passage-index.js";
import type { MindState, MindUpdate } from "../mind.js";
import { type AgentDependencies, faultOf } from "../turn.js";
import { viewOf } from "../turn-view.js";
import { wordsToSearchFor } from "./words-to-search-for.js";

/** How many passages the method `rag` sees. */
export const PASSAGES = 3;

/** Finds the passages of the life story nearest to the stimulus (method `rag`); no other memory takes part. */
export const retrieve =
  (deps: AgentDependencies, passages: PassageIndex) =>
  async (state: MindState, config: RunnableConfig): Promise<MindUpdate & { passages: string[] }> => {
    const said = wordsToSearchFor(viewOf(state, deps).stimulus);
    try {
      const found = said.trim() === "" ? [] : await passages.nearest(said, PASSAGES);
      return { passages: found.map(({ text }) => text) };
    } catch (error) {
      return { passages: [], faults: faultOf("memory", error, config.signal) };
    }
  };
