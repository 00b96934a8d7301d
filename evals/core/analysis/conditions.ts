import { methodIds } from "../../../graphs/methods.js";
import type { Condition, Sample, SampleStatus } from "../contract.js";
import { groupBy } from "../group-by.js";
import { naturally } from "./natural-order.js";
import type { ConditionResult } from "./results.js";

/** A condition with its samples, in the order of characters, repeats and items. */
export interface ConditionSamples {
  id: string;
  condition: Condition;
  samples: readonly Sample[];
}

/** The name of a condition in results and tables. */
export const conditionId = ({ method, model, framing, arm }: Condition): string =>
  [method, model, framing, ...(arm === "" ? [] : [arm])].join(" | ");

/** From the least help to the most; methods of other kinds of subjects come after, by name. */
const ids: readonly string[] = methodIds;
const placeOf = (condition: string): number => {
  const place = ids.indexOf(condition.split(":", 1)[0] ?? "");
  return place < 0 ? ids.length : place;
};

/** The conditions of a run, methods in the order of their list; the same whatever order the samples came in. */
export function byCondition(samples: Iterable<Sample>): ConditionSamples[] {
  const groups = groupBy(samples, ({ condition }) => conditionId(condition));
  return [...groups]
    .flatMap(([id, members]) => {
      const [first] = members;
      return first ? [{ id, condition: first.condition, samples: members.sort(bySubject) }] : [];
    })
    .sort(
      ({ condition: a }, { condition: b }) =>
        naturally(a.framing, b.framing) ||
        naturally(a.arm, b.arm) ||
        naturally(a.model, b.model) ||
        placeOf(a.method) - placeOf(b.method) ||
        naturally(a.method, b.method),
    );
}

const bySubject = (a: Sample, b: Sample): number =>
  naturally(a.character, b.character) ||
  a.repeat - b.repeat ||
  a.position - b.position ||
  naturally(a.item, b.item) ||
  naturally(a.key, b.key);

/** Counts of every condition, each named by what tells it from the others. */
export function describeConditions(conditions: readonly ConditionSamples[]): ConditionResult[] {
  const parts = ["method", "model", "framing", "arm"] as const;
  const telling = parts.filter(
    (part) => part === "method" || new Set(conditions.map(({ condition }) => condition[part])).size > 1,
  );
  return conditions.map(({ id, condition, samples }) => {
    const counts: Record<SampleStatus, number> = {
      answered: 0,
      refused: 0,
      unparsable: 0,
      error: 0,
      skipped: 0,
    };
    for (const { status } of samples) counts[status]++;
    return {
      id,
      label: telling.flatMap((part) => condition[part] || []).join(", "),
      ...condition,
      samples: samples.length,
      counts,
      characters: different(samples, ({ character }) => character),
      items: different(samples, ({ character, item }) => JSON.stringify([character, item])),
      repeats: different(samples, ({ repeat }) => repeat),
      degraded: samples.filter(({ degraded }) => degraded.length > 0).length,
      cached: samples.filter(({ cachedCalls }) => cachedCalls > 0).length,
    };
  });
}

/** How many different ones there are. */
export const different = <T>(list: readonly T[], key: (member: T) => unknown): number =>
  new Set(list.map(key)).size;
