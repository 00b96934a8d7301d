import { isSimulacraError, SimulacraError } from "../../data/errors.js";
import type { SessionParts } from "./session-parts.js";

/**
 * Runs a part of an instrument. What it throws is a fault of its code or data and no result of the subject: it stops the
 * run, so that no number is made with it, and names what has to be mended. What is in the ledger stays.
 * @throws SimulacraError `internal`; errors of this package pass unchanged
 */
export function byInstrument<T>(
  { instrument, session }: Pick<SessionParts, "instrument" | "session">,
  position: number,
  act: "word" | "read" | "score",
  work: () => T,
): T {
  try {
    return work();
  } catch (cause) {
    if (isSimulacraError(cause)) throw cause;
    const item = session.items[position]?.id ?? String(position);
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new SimulacraError(
      "internal",
      `The instrument ${instrument.name} has a fault: it could not ${act} item ${item} (${said}). The run was stopped; what is in the ledger is safe. Mend the instrument and give the same command again.`,
      "internal",
      { instrument: instrument.name, item },
      { cause },
    );
  }
}
