import { byInstrument } from "./instrument-fault.js";
import { declined, unparsable } from "./refusal.js";
import { partsOf, type SessionRuntime, type SessionState, type SessionUpdate } from "./session-state.js";

/** Reads the answer out of the reply, as the instrument says; what is no whole reply, holds no answer. */
export function parse({ outcome, item, position }: SessionState, runtime: SessionRuntime): SessionUpdate {
  const reply = outcome?.reply;
  if (!reply || !item) return { parsed: null };
  if (reply.ended === "declined") return { parsed: declined };
  // The chances of its first token stand, however the rest ended.
  if (reply.ended === "cut" && !reply.logprobs)
    return { parsed: unparsable("The reply was cut at its longest length.") };
  const parts = partsOf(runtime);
  return { parsed: byInstrument(parts, position, "read", () => parts.instrument.parse(reply, item)) };
}
