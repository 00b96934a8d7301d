import type { RunnableConfig } from "@langchain/core/runnables";
import { Overwrite } from "@langchain/langgraph";
import { textOf } from "../conversation.js";
import type { MindState, MindUpdate } from "../mind.js";
import { type AgentDependencies, threadOf } from "../turn.js";
import { viewOf } from "../turn-view.js";
import { type GuardCheck, type GuardNote, STOPPED } from "./guard.js";
import { inOtherWords, isReplaced, stoppedFingerprint } from "./marks.js";
import { verdictOn } from "./verdict.js";

/**
 * The guard hears first: every message of the stimulus, before any agent. Words that it replaces are gone from here on;
 * one that it stops takes the whole stimulus with it, and the turn goes straight to `respond`, which says `stopped`.
 */
export const checkStimulus =
  (deps: AgentDependencies, check: GuardCheck) =>
  async (state: MindState, config: RunnableConfig): Promise<MindUpdate> => {
    const { stimulus } = viewOf(state, deps);
    const verdicts = await Promise.all(
      stimulus.map((message) => {
        const speaker = message.name === undefined ? {} : { speaker: message.name };
        return verdictOn({ check, text: textOf(message), on: "stimulus", ...speaker }, deps, state, config);
      }),
    );
    const stops = verdicts.filter((verdict) => verdict.action === "stop");
    if (stops.length > 0) {
      const stopped = stops[0]?.text ?? STOPPED;
      const thread = threadOf(config);
      if (thread !== undefined)
        await deps.memory(thread)?.transcript.noteStopped(thread, stoppedFingerprint(stimulus, stopped));
      return {
        guard: stops.map(({ reason }): GuardNote => ({ on: "stimulus", action: "stop", reason })),
        stopped,
        messages: new Overwrite(state.messages.filter((message) => !stimulus.includes(message))),
      };
    }
    const replaced = verdicts.flatMap((verdict) => (verdict.action === "replace" ? [verdict] : []));
    if (replaced.length === 0) return {};
    const heard = state.messages.map((message) => {
      const verdict = verdicts[stimulus.indexOf(message)];
      return verdict?.action === "replace" ? inOtherWords(message, verdict.text) : message;
    });
    // Words of a turn that failed after they were replaced, said again: the old ones are no longer there to be compared.
    const saidAgain = (index: number): boolean => {
      const before = state.messages[index];
      if (before === undefined || !stimulus.includes(before) || !isReplaced(before)) return false;
      return heard.slice(index + 1).some((now) => now.name === before.name && textOf(now) === textOf(before));
    };
    return {
      guard: replaced.map(({ reason }): GuardNote => ({ on: "stimulus", action: "replace", reason })),
      messages: new Overwrite(heard.filter((_, index) => !saidAgain(index))),
    };
  };
