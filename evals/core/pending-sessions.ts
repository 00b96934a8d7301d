import type { Instrument, InstrumentPlan, SessionPlan } from "./contract.js";
import type { Ledger } from "./ledger.js";
import { sessionKey } from "./session-key.js";
import type { Subject } from "./subject.js";
import type { Subjects } from "./subjects.js";

/** A session that is still to be put, with those who take part. */
export interface PendingSession {
  key: string;
  session: SessionPlan;
  subject: Subject;
  parties: Readonly<Record<string, Subject>>;
}

/** What a run has before it. */
export interface Pending {
  sessions: PendingSession[];
  /** Samples planned, and of these settled by an earlier run. */
  planned: number;
  settled: number;
  /** Keys of all sessions planned. */
  keys: Set<string>;
}

/** Holds the plan against the ledger: sessions whose every sample is settled are done, all others are put from their first item. */
export async function pendingSessions(
  instrument: Instrument,
  plan: InstrumentPlan<unknown>,
  subjects: Subjects,
  ledger: Pick<Ledger, "settled">,
): Promise<Pending> {
  const done = await ledger.settled();
  const pending: Pending = { sessions: [], planned: 0, settled: 0, keys: new Set() };
  for (const session of plan.sessions()) {
    const { subject, parties } = await subjects.in(session);
    const key = sessionKey(instrument, session, subject, parties);
    const count = session.items.length;
    pending.keys.add(key);
    pending.planned += count;
    if (done.get(key) === count) pending.settled += count;
    else pending.sessions.push({ key, session, subject, parties });
  }
  return pending;
}
