import type { BaseMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import { Overwrite } from "@langchain/langgraph";
import { textOf } from "../conversation.js";
import { saidIn } from "../memory/turn-messages.js";
import type { MindState, MindUpdate } from "../mind.js";
import { type AgentDependencies, isNested, threadOf } from "../turn.js";
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
    const { talk } = state;
    if (!talk) return {};
    const { stimulus } = talk;
    const verdicts = await Promise.all(
      stimulus.map((message) => {
        const speaker = message.name === undefined ? {} : { speaker: message.name };
        return verdictOn({ check, text: textOf(message), on: "stimulus", ...speaker }, deps, state, config);
      }),
    );
    const thread = threadOf(config);
    const threads = thread === undefined ? undefined : deps.transcript(thread).threads;
    // A host's own graph has the user's messages in its state: ours with the same ids would be put over them.
    const put = (messages: BaseMessage[]) => (isNested(config) ? {} : { messages: new Overwrite(messages) });
    const stops = verdicts.filter((verdict) => verdict.action === "stop");
    if (stops.length > 0) {
      const stopped = stops[0]?.text ?? STOPPED;
      if (thread !== undefined) {
        await threads?.noteStopped(thread, stoppedFingerprint(stimulus, stopped));
        await threads?.hold(thread, []);
      }
      const gone = new Set(stimulus.map(({ id }) => id));
      return {
        guard: stops.map(({ reason }): GuardNote => ({ on: "stimulus", action: "stop", reason })),
        stopped,
        talk: { ...talk, stimulus: [] },
        ...put(state.messages.filter(({ id }) => !gone.has(id))),
      };
    }
    const replaced = new Map(
      stimulus.flatMap((message, place) => {
        const verdict = verdicts[place];
        return verdict?.action === "replace" ? [[message, inOtherWords(message, verdict.text)]] : [];
      }),
    );
    const heard = withoutRepeats(stimulus.map((message) => replaced.get(message) ?? message));
    if (thread !== undefined) await threads?.hold(thread, saidIn(heard));
    if (replaced.size === 0) return {};
    const words = new Map(heard.map((message) => [message.id, message]));
    const asked = new Set(stimulus.map(({ id }) => id));
    return {
      guard: verdicts.flatMap((verdict): GuardNote[] =>
        verdict.action === "replace" ? [{ on: "stimulus", action: "replace", reason: verdict.reason }] : [],
      ),
      talk: { ...talk, stimulus: heard },
      ...put(
        state.messages.flatMap((message) =>
          asked.has(message.id) ? (words.get(message.id) ?? []) : message,
        ),
      ),
    };
  };

/** Words of a turn that failed after they were replaced, said again: the old ones are no longer there to be compared. */
const withoutRepeats = (heard: readonly BaseMessage[]): BaseMessage[] =>
  heard.filter(
    (message, place) =>
      !isReplaced(message) ||
      !heard
        .slice(place + 1)
        .some((later) => later.name === message.name && textOf(later) === textOf(message)),
  );
