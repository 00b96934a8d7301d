import { performance } from "node:perf_hooks";
import { elicitAnswer, messageOf } from "./elicit-answer.js";
import {
  partsOf,
  type SessionRuntime,
  type SessionState,
  type SessionUpdate,
  SUBJECT,
} from "./session-state.js";

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
    });
    const room = [...state.room, { by: SUBJECT, text: reply.text }];
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
