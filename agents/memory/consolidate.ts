import type { RunnableConfig } from "@langchain/core/runnables";
import { StateSchema } from "@langchain/langgraph";
import { z } from "zod";
import { nameBefore } from "../../memory/known-names.js";
import { machineTimeZone } from "../../memory/local-time.js";
import { type MemoryRecord, memoryRecordSchema } from "../../memory/record.js";
import { UNNAMED } from "../../memory/relationship.js";
import type { SimulacrumMemory } from "../../memory/simulacrum-memory.js";
import { dueRecordSchema } from "../../memory/turn-record.js";
import { momentInWords } from "../../memory/when.js";
import {
  type ConstructionDependencies,
  type ConstructionJournal,
  ConstructionState,
  constructedParts,
} from "../construction.js";
import { type OlderMemory, supersededBy } from "../thinking/supersede.js";

/**
 * The state in which an episode becomes a long-term memory. `key` and `due` come from outside; `episode`, `passage` and
 * `refusal` are written by `weigh`, the parts of the memory by construction, `outdated` and `outdatedBy` by `compare`,
 * `memory` by `keep`.
 */
export const ConsolidationState = new StateSchema({
  ...ConstructionState.fields,
  passage: z.string().default(""),
  key: z.string(),
  due: dueRecordSchema,
  episode: memoryRecordSchema.nullable().default(null),
  refusal: z.enum(["duplicate", "echo", "empty", "gone"]).nullable().default(null),
  outdated: z.array(z.string()).default(() => []),
  /** Key of a later memory that says what has changed since. */
  outdatedBy: z.string().nullable().default(null),
  /** Id of the new long-term memory. */
  memory: z.string().nullable().default(null),
});
export type ConsolidationState = typeof ConsolidationState.State;
export type ConsolidationUpdate = Partial<ConsolidationState>;

export interface ConsolidationDependencies extends ConstructionDependencies {
  memory: SimulacrumMemory;
  /** IANA name of the zone in which the days of a talk begin and end. @default the machine's */
  timeZone?: string;
}

/** Memory reads the episode and asks the write gate whether it is worth keeping. */
export const weigh =
  (deps: ConsolidationDependencies) =>
  async (state: ConsolidationState): Promise<ConsolidationUpdate> => {
    const episode = await deps.memory.consolidation.read(state.due.episode);
    if (!episode || episode.supersededBy !== undefined) {
      await deps.memory.consolidation.dropDue(state.key);
      return { refusal: "gone" };
    }
    const refusal = await deps.memory.consolidation.gate(episode);
    if (refusal) {
      await deps.memory.consolidation.refused(state, refusal);
      return { refusal };
    }
    return { episode, passage: episode.text, occasion: await occasionOf(episode, deps), refusal: null };
  };

/** When a talk was, and with whom: "on Monday, 30 November 2026, in the evening (half past five), with Ben". */
async function occasionOf(
  { at, audience }: MemoryRecord,
  { memory, timeZone = machineTimeZone() }: ConsolidationDependencies,
): Promise<string | null> {
  const known = await memory.relationships.of(audience);
  const names = [...new Set(known.map((one) => nameBefore(one, audience)?.text ?? UNNAMED))];
  const parts = [
    at !== undefined && `on ${momentInWords(new Date(at), timeZone)}`,
    names.length > 0 && `with ${names.join(" and ")}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : parts.join(", ");
}

/** Keeps what has been made of an episode with its due mark. */
export const consolidationJournal = (memory: SimulacrumMemory, key: string): ConstructionJournal => ({
  finished: (part) => memory.consolidation.partMade(key, part),
  finish: (part, value) => memory.consolidation.keepPart(key, part, value),
});

/**
 * Thinking compares the new memory with those of the same owner: with what was told before, and, where something told
 * after it was consolidated first, with that.
 */
export const compare =
  (deps: ConsolidationDependencies) =>
  async (state: ConsolidationState, config: RunnableConfig): Promise<ConsolidationUpdate> => {
    const { episode } = state;
    if (!episode) return { outdated: [] };
    const made = dated({ content: state.content ?? episode.text, at: episode.at });
    const before = await deps.memory.consolidation.related(episode, "before");
    const older = before.map(({ record }) => dated(record));
    const places = await supersededBy(deps, made, older, config);
    const outdated = places.flatMap((place) => before[place]?.key ?? []);
    for (const later of await deps.memory.consolidation.related(episode, "after")) {
      const [isOutdated] = await supersededBy(deps, dated(later.record), [made], config);
      if (isOutdated !== undefined) return { outdated, outdatedBy: later.key };
    }
    return { outdated, outdatedBy: null };
  };

const dated = ({ content, at }: { content: string; at?: string | undefined }): OlderMemory => ({
  text: content,
  ...(at !== undefined && { at }),
});

/** Memory stores the long-term memory with its source; the episode and what it replaces point to it. */
export const keep =
  (deps: ConsolidationDependencies) =>
  async (state: ConsolidationState): Promise<ConsolidationUpdate> => {
    const { episode } = state;
    if (!episode) return { refusal: "gone" };
    const record: MemoryRecord = {
      kind: "long",
      // What was felt in the talk itself stands where no feeling could be made of it.
      ...feltThen(episode),
      ...constructedParts(state),
      audience: episode.audience,
      source: episode.source,
      ...(episode.at !== undefined && { at: episode.at }),
    };
    const memory = await deps.memory.consolidation.consolidated(
      state,
      record,
      state.outdated,
      state.outdatedBy,
    );
    return memory === null ? { refusal: "gone" } : { memory };
  };

const feltThen = ({ emotion, valence, arousal, importance }: MemoryRecord) => ({
  ...(emotion !== undefined && { emotion }),
  ...(valence !== undefined && { valence }),
  ...(arousal !== undefined && { arousal }),
  ...(importance !== undefined && { importance }),
});
