import { performance } from "node:perf_hooks";
import { isSimulacraError } from "../../data/errors.js";
import { elicitAnswer, messageOf } from "./elicit-answer.js";
import {
  partsOf,
  type SessionRuntime,
  type SessionState,
  type SessionUpdate,
  SUBJECT,
} from "./session-state.js";
import type { SubjectReply } from "./subject.js";

/** Puts the item to the subject, whoever plays it. */
export async function simulate(state: SessionState, runtime: SessionRuntime): Promise<SessionUpdate> {
  if (state.outcome !== null) return {};
  const { session, subject, scope, instrument } = partsOf(runtime);
  const item = session.items[state.position]?.id ?? "";
  const { method } = session.condition;
  const metadata = { ...runtime.metadata, instrument: instrument.name, item, method, repeat: session.repeat };
  const start = performance.now();
  try {
    const reply = await elicitAnswer(subject, SUBJECT, {
      session,
      state,
      meter: scope.usage.subject,
      config: { ...runtime, metadata },
    }).catch(asDeclined);
    const room = reply.text === "" ? state.room : [...state.room, { by: SUBJECT, text: reply.text }];
    return {
      room,
      heard: { ...state.heard, [SUBJECT]: room.length },
      outcome: { reply, error: null, ms: performance.now() - start },
    };
  } catch (error) {
    return {
      outcome: { reply: null, error: messageOf(error, runtime.signal), ms: performance.now() - start },
    };
  }
}

/** A request that model or server declined, as the reply that it is. @throws whatever else went wrong */
function asDeclined(error: unknown): SubjectReply {
  if (!isSimulacraError(error, "model_declined")) throw error;
  const { said } = error.details;
  return {
    text: typeof said === "string" ? said : "",
    ended: "declined",
    mind: null,
    degraded: [],
    promptHash: null,
  };
}
