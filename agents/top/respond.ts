import { AIMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import { isSimulacraError, SimulacraError } from "../../data/errors.js";
import { moodInWords } from "../../memory/mood.js";
import type { Recollection } from "../../memory/simulacrum-memory.js";
import { callText } from "../../models/index.js";
import { lastExchanges } from "../conversation.js";
import { asksForMemory } from "../memory/recall.js";
import type { MindState, MindUpdate } from "../mind.js";
import { personaBlock } from "../persona.js";
import { memoriesFor } from "../recalled-in-words.js";
import { clipped } from "../section.js";
import { type AgentDependencies, meterOf, peopleInWords, type TurnView, viewOf } from "../turn.js";
import { type RespondInput, respondPrompt } from "./respond.prompt.js";
import { asksWhetherHuman, withTruth } from "./sincere-question.js";

/**
 * Top speaks: the one node whose tokens reach the user. All four methods pass here and differ only by what they know.
 * A stream that was cut midway is asked for once more; any other failure ends the run, and the stimulus stays in the thread.
 */
export const respond =
  (deps: AgentDependencies, known: (state: MindState) => Partial<RespondInput> = () => ({})) =>
  async (state: MindState, config: RunnableConfig): Promise<MindUpdate> => {
    const view = viewOf(state, deps);
    if (view.stimulus.length === 0) {
      throw new SimulacraError(
        "invalid_input",
        "There is nothing to answer: the message is empty. Say something.",
        "user",
      );
    }
    const meter = meterOf(config);
    const sincereQuestion = asksWhetherHuman(view.said);
    const input: RespondInput = {
      ...(deps.method !== "blank" && {
        name: deps.character.name,
        persona: personaBlock(deps.character, deps.budget, deps.countTokens),
      }),
      scene: clipped(view.scene, deps.budget.scene, deps.countTokens),
      people: peopleInWords(view.people),
      sincereQuestion,
      ...known(state),
    };
    const call = {
      model: deps.voice,
      messages: respondPrompt(
        input,
        view,
        workingMemory(view, deps),
        clipped(view.said, deps.budget.stimulus, deps.countTokens),
      ),
      role: "respond",
      config,
      ...(meter && { meter }),
    };
    const { text, message } = await callText(call).catch((error: unknown) => {
      if (isSimulacraError(error) && error.details.midStream === true) return callText(call);
      throw error;
    });
    const spoken = withoutOwnName(text, deps.character.name);
    const answer =
      sincereQuestion && deps.method !== "blank" ? withTruth(spoken, deps.character.name) : spoken;
    return {
      messages: [
        new AIMessage({
          content: answer,
          name: deps.character.id,
          ...(message.id !== undefined && { id: message.id }),
          ...(message.usage_metadata !== undefined && { usage_metadata: message.usage_metadata }),
        }),
      ],
    };
  };

/** What the mind gives to the voice (method `macm`). */
export const mindKnown =
  (deps: AgentDependencies) =>
  (state: MindState): Partial<RespondInput> => {
    const { recollection, thought, feeling, mood } = state;
    const asked = recollection !== null && asksForMemory(state, viewOf(state, deps).said);
    const missing = asked ? missingFrom(recollection) : undefined;
    return {
      memories: memoriesFor("speaking", recollection, deps),
      thought,
      feeling: feeling?.text ?? null,
      ...(missing && { missing }),
      ...(mood && { mood: moodInWords(mood) }),
    };
  };

/** What the voice is told to be missing where a memory was asked for. */
function missingFrom({ nothingRelevant, memories, someoneElse }: Recollection): RespondInput["missing"] {
  if (nothingRelevant) return memories.length === 0 ? "nothing" : "unclear";
  return someoneElse ? "someone-else" : undefined;
}

/** The exchanges that working memory holds. */
export const workingMemory = (view: TurnView, deps: AgentDependencies): TurnView["exchanges"] =>
  lastExchanges(view.exchanges, deps.budget.history.respond, deps.countTokens);

/** Small models like to put their name in front of what they say. */
function withoutOwnName(text: string, name: string): string {
  const first = name.split(/\s+/u)[0] ?? name;
  for (const own of [name, first]) {
    if (text.startsWith(`${own}:`)) return text.slice(own.length + 1).trimStart();
  }
  return text;
}
