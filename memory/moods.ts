import type { Affect } from "../data/character.js";
import type { MemoryContext, RecordReader } from "./memory-context.js";
import { fadedMood, movedMood } from "./mood.js";
import { audienceLabel } from "./ownership.js";
import { type MoodRecord, moodRecordSchema, recordNamespaces } from "./turn-record.js";

/** The mood that persists between turns, kept for the character and each audience. */
export class Moods {
  constructor(private readonly context: MemoryContext) {}

  /** The mood towards these people now: faded by the clock since they were last met. */
  async now(audience: readonly string[], from?: RecordReader): Promise<Affect> {
    return this.faded(await this.record(audience, from));
  }

  /** The mood after a turn with this feeling; without one it only fades. */
  moved(mood: Affect, feeling: Affect | null): Affect {
    const { baseline, dynamics } = this.context.options;
    return movedMood(mood, baseline, feeling, dynamics);
  }

  /** A stored mood as the clock has left it; the baseline where there is none. */
  faded(record: MoodRecord | null): Affect {
    const { baseline, dynamics, clock } = this.context.options;
    if (!record) return baseline;
    const minutes = (clock().getTime() - Date.parse(record.at)) / 60_000;
    return fadedMood(record, baseline, minutes, dynamics);
  }

  /** The mood as it was last stored, with its time; null where these people were never met. */
  async record(
    audience: readonly string[],
    from: RecordReader = this.context.store,
  ): Promise<MoodRecord | null> {
    const item = await from.get([...recordNamespaces.moods], audienceLabel(audience));
    return item ? moodRecordSchema.parse(item.value) : null;
  }
}
