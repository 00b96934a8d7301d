import { END, START, StateGraph, StateSchema } from "@langchain/langgraph";
import { z } from "zod";
import { beginTurn } from "../../agents/memory/begin-turn.js";
import { remember } from "../../agents/memory/remember.js";
import { retrieve } from "../../agents/memory/retrieve.js";
import { MindState, outputOf, TurnInput } from "../../agents/mind.js";
import { respond } from "../../agents/top/respond.js";
import type { AgentDependencies } from "../../agents/turn.js";
import type { PassageIndex } from "../../memory/passage-index.js";
import { throughGuard } from "../through-guard.js";

/** The state of `rag`: the conversation, and the passages found for this turn. */
const RagState = new StateSchema({ ...MindState.fields, passages: z.array(z.string()).default(() => []) });
type RagState = typeof RagState.State;

/** The baseline `rag` (paper, section 4.2): exactly `prompt` plus the passages nearest to the stimulus; one model call. */
export const ragGraph = (deps: AgentDependencies, passages: PassageIndex) =>
  throughGuard(
    new StateGraph({ state: RagState, input: TurnInput, output: outputOf(deps) })
      .addNode("begin_turn", beginTurn(deps))
      .addNode("retrieve", retrieve(deps, passages))
      .addNode("respond", (state: RagState, config) =>
        respond(deps, () => ({ passages: state.passages.map((passage) => `- ${passage}`).join("\n") }))(
          state,
          config,
        ),
      )
      .addNode("remember", remember(deps))
      .addEdge(START, "begin_turn")
      .addEdge("retrieve", "respond")
      .addEdge("respond", "remember")
      .addEdge("remember", END),
    ["retrieve"],
    deps,
  );
