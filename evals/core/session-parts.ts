import type { Instrument, InstrumentPlan, Sample, SessionPlan } from "./contract.js";
import type { SessionScope } from "./session-scope.js";
import type { Subject } from "./subject.js";

/** Everything that one session runs on; the context of the session graph. */
export interface SessionParts {
  instrument: Instrument;
  plan: InstrumentPlan<unknown>;
  session: SessionPlan;
  /** Key of the session; begins the keys of its samples. */
  key: string;
  subject: Subject;
  /** Others in the room who are played by simulacra, by seat. */
  parties: Readonly<Record<string, Subject>>;
  scope: SessionScope;
  /** Told of every sample as soon as it is scored; the next item is put when it has ended. */
  record: (sample: Sample) => Promise<void> | void;
}
