import { contentHash } from "./content-hash.js";
import type { SubjectPlan } from "./contract.js";
import type { Subject } from "./subject.js";

/** Opens subjects as sessions need them, each once for the whole run. */
export class Subjects {
  readonly #opened = new Map<string, Promise<Subject>>();

  constructor(private readonly open: (plan: SubjectPlan) => Promise<Subject>) {}

  of(plan: SubjectPlan): Promise<Subject> {
    const key = contentHash(plan);
    const known = this.#opened.get(key);
    if (known) return known;
    const opening = this.open(plan);
    this.#opened.set(key, opening);
    return opening;
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#opened.values());
    this.#opened.clear();
    for (const subject of opened) if (subject.status === "fulfilled") await subject.value.close();
  }
}
