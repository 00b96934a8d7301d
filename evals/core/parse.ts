import { byInstrument } from "./instrument-fault.js";
import { partsOf, type SessionRuntime, type SessionState, type SessionUpdate } from "./session-state.js";

/** Reads the answer out of the reply, as the instrument says. */
export function parse({ outcome, item, position }: SessionState, runtime: SessionRuntime): SessionUpdate {
  const reply = outcome?.reply;
  if (!reply || !item) return { parsed: null };
  const parts = partsOf(runtime);
  return { parsed: byInstrument(parts, position, "read", () => parts.instrument.parse(reply, item)) };
}
