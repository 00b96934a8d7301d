import type { Affect } from "../data/character.js";
import type { MemoryContext } from "./memory-context.js";
import { fadedMood } from "./mood.js";
import { audienceLabel } from "./ownership.js";
import { moodRecordSchema, places } from "./turn-record.js";

/** The mood that persists between turns, kept for the character and each audience. */
export class Moods {
  constructor(private readonly context: MemoryContext) {}

  /** The mood towards these people now: faded by the clock since they were last met. */
  async now(audience: readonly string[]): Promise<Affect> {
    const record = await this.record(audience);
    if (!record) return this.context.options.baseline;
    const minutes = (this.context.options.clock().getTime() - Date.parse(record.at)) / 60_000;
    return fadedMood(record, this.context.options.baseline, minutes, this.context.options.dynamics);
  }

  /** The mood as it was last stored, with its time; null where these people were never met. */
  async record(audience: readonly string[]) {
    const item = await this.context.store.get([...places.moods], audienceLabel(audience));
    return item ? moodRecordSchema.parse(item.value) : null;
  }
}
