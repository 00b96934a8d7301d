import { countMessageTokens, ScriptedChatModel } from "../../models/index.js";
import type { Instrument, InstrumentPlan, Sample, UsageByRole } from "./contract.js";
import { groupBy } from "./grouping.js";
import type { SubjectOpener } from "./open-subjects.js";
import type { PendingSession } from "./pending-sessions.js";
import { runSession } from "./run-session.js";
import { sessionGraph } from "./session-graph.js";
import { SessionScope } from "./session-scope.js";
import { Subjects } from "./subjects.js";
import { addUsage, type UsageSum, whole } from "./usage-by-role.js";

/** Tokens that every reply is taken to have. */
export const REPLY_TOKENS = 65;
/** As many tokens as it says, and no answer to anything. */
const reply = "so it goes with me and mine these days, I think. ".repeat(5).trim();
/** Sessions of one item that are tried of each condition; a session of several items is tried once. */
const TRIED = 2;

/** What sessions would take, by the model of the voice. */
export type Estimate = { model: string; samples: number; usage: UsageByRole }[];

/** A model that counts what it is asked, says always the same, and fills JSON schemas with as little as they take. */
export async function countingModel(
  seen: (promptTokens: number) => void,
  name: string,
): Promise<ScriptedChatModel> {
  const { answerTo } = await import("../../models/offline/answer.js");
  return new ScriptedChatModel({
    name,
    replies: (messages, { options }) => {
      seen(countMessageTokens(messages));
      const { text } = answerTo(messages, options);
      return text.startsWith("{") ? text : reply;
    },
  });
}

/**
 * Words the first sessions of every condition, puts them through the session graph with a model that only counts, and
 * multiplies. Nothing is spent and nothing is kept.
 * @param opener opens subjects that answer with `countingModel`
 */
export async function estimate(
  instrument: Instrument,
  plan: InstrumentPlan<unknown>,
  pending: readonly PendingSession[],
  opener: SubjectOpener,
): Promise<Estimate> {
  const subjects = new Subjects((subject) => opener.open(subject));
  const graph = sessionGraph();
  const byModel = new Map<string, { samples: number; usage: UsageSum }>();
  try {
    // Prompts do not depend on the model's name.
    for (const alike of groupBy(pending, conditionOf).values()) {
      const usage: UsageSum = {};
      let samples = 0;
      for (const { session } of alike.slice(0, (alike[0]?.session.items.length ?? 1) > 1 ? 1 : TRIED)) {
        const record = (sample: Sample) => {
          addUsage(usage, sample.usage);
          samples++;
        };
        const taking = await subjects.in(session);
        const scope = new SessionScope("estimate");
        await runSession(graph, { instrument, plan, session, key: "estimate", ...taking, scope, record });
      }
      for (const { session } of alike) {
        const { model } = session.condition;
        const sum = byModel.get(model) ?? { samples: 0, usage: {} };
        sum.samples += session.items.length;
        addUsage(sum.usage, usage, session.items.length / samples);
        byModel.set(model, sum);
      }
    }
  } finally {
    await subjects.close();
  }
  return [...byModel].map(([model, { samples, usage }]) => ({ model, samples, usage: whole(usage) }));
}

/**
 * Sessions that are asked alike. Whom a bare model stands for matters little; in a long session, where what was said takes
 * most of a prompt, neither does who plays the person.
 */
function conditionOf({ session: { subject, condition, items } }: PendingSession): string {
  const several = items.length > 1;
  const who = subject.kind === "simulacrum" && !several ? subject.character : "";
  return JSON.stringify([who, condition.method, condition.arm, condition.framing, several]);
}
