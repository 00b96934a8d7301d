import { audienceLabel } from "../../../memory/ownership.js";
import type { HomeSnapshot } from "../home-snapshot.js";
import type { Journal } from "../journal.js";
import type { Violation } from "../violation.js";

/** After talks in which nothing went wrong, there is a mood towards everyone whom the person talked with. */
export function moodsKept(snapshot: HomeSnapshot, journal: Journal): Violation[] {
  const moods = new Set(snapshot.under("moods").map(({ key }) => key));
  const answered = [...journal.said.values()].filter(
    ({ fate, mayBeGone }) => fate === "answered" && !mayBeGone,
  );
  const companies = new Set(answered.map(({ audience }) => audienceLabel(audience)));
  return [...companies]
    .filter((company) => !moods.has(company))
    .map((company) => ({ invariant: "moods are kept", what: `there is none towards ${company}` }));
}
