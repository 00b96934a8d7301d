import type { Sample } from "../contract.js";
import { groupBy } from "../group-by.js";
import { conditionId } from "./conditions.js";

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
