import type { Condition, Sample, SampleStatus, UsageByRole } from "./contract.js";

/** What was spent on a sample that was put again: out of every count but the cost. */
export interface Superseded {
  key: string;
  status: SampleStatus;
  usage: UsageByRole;
  cachedCalls: number;
}

/** What a sample observes: one item put to one character in one condition and repeat; and the session that holds it. */
export interface Observation extends Condition {
  session: string;
  character: string;
  item: string;
  repeat: number;
}

/** What reading a stored reply again may change of its sample. */
export type Reading = Pick<Sample, "key" | "status" | "reason" | "answer" | "shown" | "scores">;

/**
 * The book of a run. It alone decides what is done. When a session is put again, what was there of it is superseded: out of
 * every count, its cost kept. What may be long is read in pages. `ledgerConformance` tests whatever implements this.
 * @throws SimulacraError (every method) `store_full`, `store_busy`, `store_unavailable`, `store_damaged`
 */
export interface Ledger {
  /** A session begins; what an earlier attempt left of it is superseded. */
  begin(session: string): Promise<void>;
  /** Writes one sample; it is durable when this resolves. Rejects where a sample has this key already. */
  record(sample: Sample): Promise<void>;
  /** How many samples of each session need not be put again (answered, refused or unparsable). */
  settled(): Promise<ReadonlyMap<string, number>>;
  /** What all samples of an instrument observe. */
  observations(instrument: string): AsyncIterable<Observation>;
  /** Counts by status, of all instruments or of those named. */
  counts(instruments?: readonly string[]): Promise<Record<SampleStatus, number>>;
  /** All samples in the order of their keys; with `mind: false` the minds stay where they are. */
  samples(options?: { mind?: boolean }): AsyncIterable<Sample>;
  /** The minds of the samples with these keys; who has none is not in the map. */
  minds(keys: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  /** Replaces what was read out of stored replies, all of it or nothing: no reply, cost or time is touched. */
  rescore(changes: Iterable<Reading>): Promise<void>;
  superseded(): Promise<Superseded[]>;
  close(): Promise<void>;
}

/** All members of something that is read in pages. */
export async function collected<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of pages) all.push(each);
  return all;
}
