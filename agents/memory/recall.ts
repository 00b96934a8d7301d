import type { RunnableConfig } from "@langchain/core/runnables";
import { textOf } from "../conversation.js";
import type { MindState, MindUpdate } from "../mind.js";
import { type AgentDependencies, audienceIn, faultOf, knownPeople, threadOf, viewOf } from "../turn.js";

/**
 * Memory recalls by the stimulus and by Top's queries, in the life story and in what was said among those present.
 * It makes no chat call. Below the character's threshold of support nothing is recalled, and the voice is told so.
 */
export const recall =
  (deps: AgentDependencies) =>
  async (state: MindState, config: RunnableConfig): Promise<MindUpdate> => {
    const thread = threadOf(config);
    const memory = deps.memory(thread);
    if (!memory) return { recollection: null };
    const said = viewOf(state, deps).stimulus.map(textOf).join("\n");
    try {
      const found = await memory.recall(
        [said.slice(0, LONGEST_QUERY), ...(state.reflection?.queries ?? [])],
        {
          present: audienceIn(state, thread),
          others: knownPeople(state),
          k: deps.recallLimit,
        },
      );
      return { recollection: { ...found, memories: found.nothingRelevant ? [] : found.memories } };
    } catch (error) {
      return { recollection: null, faults: faultOf("memory", error, config.signal) };
    }
  };

/** Characters of a stimulus that are searched for: beyond a page more words only blur the question. */
const LONGEST_QUERY = 2000;
