import type { RunnableConfig } from "@langchain/core/runnables";
import type { MindState } from "../mind.js";
import type { AgentDependencies } from "../turn.js";
import { type GuardCheck, type GuardNote, STOPPED } from "./guard.js";
import { verdictOn } from "./verdict.js";

/** The guard on what the voice wants to say: gives what may be said, and tells `note` what it did. */
export const checkAnswer =
  (
    deps: AgentDependencies,
    check: GuardCheck,
    stimulus: string,
    state: MindState,
    config: RunnableConfig,
    note: (done: GuardNote) => void,
  ) =>
  async (answer: string): Promise<string> => {
    const verdict = await verdictOn({ check, text: answer, on: "answer", stimulus }, deps, state, config);
    if (verdict.action === "allow") return answer;
    note({ on: "answer", action: verdict.action, reason: verdict.reason });
    return verdict.text ?? STOPPED;
  };
