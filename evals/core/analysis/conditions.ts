import { methodOfCondition } from "../../../graphs/conditions.js";
import { methods } from "../../../graphs/methods.js";
import { type Condition, type Sample, statusCounts } from "../contract.js";
import { different, groupBy, naturally } from "../grouping.js";
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
const placeOf = (condition: string): number => {
  const method = methodOfCondition(condition);
  return method ? methods.indexOf(method) : methods.length;
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
  return conditions.map(({ id, condition, samples }) => ({
    id,
    label: telling.flatMap((part) => condition[part] || []).join(", "),
    ...condition,
    samples: samples.length,
    counts: statusCounts(samples),
    characters: different(samples, ({ character }) => character),
    items: different(samples, ({ character, item }) => JSON.stringify([character, item])),
    repeats: different(samples, ({ repeat }) => repeat),
    degraded: samples.filter(({ degraded }) => degraded.length > 0).length,
    cached: samples.filter(({ cachedCalls }) => cachedCalls > 0).length,
  }));
}

/**
 * The samples that count. After a change of what decides a sample (an edited character, another seed, a new version of
 * prompts or instrument) the ledger holds the old sessions beside the new ones: of each unit only the newest counts.
 */
export function currentSamples(samples: Iterable<Sample>): { current: Sample[]; outdated: Sample[] } {
  const all = [...samples];
  const units = groupBy(all, ({ instrument, condition, character, item, repeat }) =>
    JSON.stringify([instrument, conditionId(condition), character, item, repeat]),
  );
  if (units.size === all.length) return { current: all, outdated: [] };
  const begun = new Map<string, string>();
  for (const { session, at } of all) if (at > (begun.get(session) ?? "")) begun.set(session, at);
  const newest = new Set<Sample>();
  for (const unit of units.values()) {
    const last = unit.reduce((a, b) => ((begun.get(b.session) ?? "") > (begun.get(a.session) ?? "") ? b : a));
    for (const sample of unit) if (sample.session === last.session) newest.add(sample);
  }
  return {
    current: all.filter((sample) => newest.has(sample)),
    outdated: all.filter((sample) => !newest.has(sample)),
  };
}
