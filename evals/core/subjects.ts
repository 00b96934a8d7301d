import { contentHash } from "./content-hash.js";
import type { SessionPlan, SubjectPlan } from "./contract.js";
import type { Subject } from "./subject.js";

/** Opens subjects as sessions need them, each once for the whole run. */
export class Subjects {
  readonly #opened = new Map<string, Promise<Subject>>();
  readonly #asked = new Map<string, Promise<Subject>>();

  constructor(private readonly open: (plan: SubjectPlan) => Promise<Subject>) {}

  of(plan: SubjectPlan): Promise<Subject> {
    // A run asks a hundred thousand times for a handful of subjects: a plan in the same words is not hashed again.
    const words = JSON.stringify(plan);
    const known = this.#asked.get(words);
    if (known) return known;
    const key = contentHash(plan);
    const opening = this.#opened.get(key) ?? this.open(plan);
    this.#opened.set(key, opening);
    this.#asked.set(words, opening);
    return opening;
  }

  /** Who takes part in a session: its subject, and the others who are played by simulacra, by seat. */
  async in({
    subject,
    parties = {},
  }: SessionPlan): Promise<{ subject: Subject; parties: Record<string, Subject> }> {
    const measured = await this.of(subject);
    const opened: Record<string, Subject> = {};
    for (const [seat, party] of Object.entries(parties)) opened[seat] = await this.of(party);
    return { subject: measured, parties: opened };
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#opened.values());
    this.#opened.clear();
    this.#asked.clear();
    for (const subject of opened) if (subject.status === "fulfilled") await subject.value.close();
  }
}
