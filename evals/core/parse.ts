import { partsOf, type SessionRuntime, type SessionState, type SessionUpdate } from "./session-state.js";

/** Reads the answer out of the reply, as the instrument says. */
export function parse({ outcome, item }: SessionState, runtime: SessionRuntime): SessionUpdate {
  if (!outcome?.reply || !item) return { parsed: null };
  return { parsed: partsOf(runtime).instrument.parse(outcome.reply, item) };
}
