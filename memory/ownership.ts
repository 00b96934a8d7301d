import { createHash } from "node:crypto";
import { personId } from "../data/person-id.js";

/**
 * Whose memory it is. The life story belongs to the character (`["life"]`); what is said in a thread belongs to the
 * people it was said among, its audience (`["with", label, …]`). A memory may be recalled only when everyone now
 * present was there: the people present must be a subset of its audience.
 */
export const LIFE: readonly string[] = ["life"];

/** The audience of a thread without a named interlocutor: the thread itself. */
export const threadAudience = (thread: string): string[] => [`thread:${thread}`];

/** Whose a talk is: those who were named, else the thread's own; nobody's where there is neither. */
export function audienceFor(people: readonly { id: string }[], thread: string | undefined): string[] {
  if (people.length > 0) return audienceOf(people.map(({ id }) => id));
  return thread === undefined ? [] : threadAudience(thread);
}

/** Sorted, without repeats: two orders of the same people are one audience, and so are two spellings of one id. */
export const audienceOf = (ids: readonly string[]): string[] => [...new Set(ids.map(personId))].sort();

/** One namespace label for an audience; ids are escaped, so that no id can imitate a group. */
export const audienceLabel = (audience: readonly string[]): string => labelOf(audienceOf(audience));

/** The labels under which something of this audience may lie: today's, and that of the ids as they are stored. */
export const storedLabels = (audience: readonly string[]): string[] => [
  ...new Set([audienceLabel(audience), labelOf([...new Set(audience)].sort())]),
];

function labelOf(ids: readonly string[]): string {
  const label = ids.map((id) => encodeURIComponent(id).replaceAll(".", "%2E")).join("+");
  return label.length <= 200 ? label : `sha256:${createHash("sha256").update(label).digest("hex")}`;
}

/** The audience that a label stands for, or null where the label is a hash and one must look at a memory. */
export function audienceOfLabel(label: string): string[] | null {
  if (label.startsWith("sha256:")) return null;
  return audienceOf(label.split("+").map(decodeURIComponent));
}

/** Was this person (in any spelling of the id) among these people? */
export const isAmong = (person: string, audience: readonly string[]): boolean =>
  audienceOf(audience).includes(personId(person));

/** Namespace of what was said among these people. */
export const withAudience = (audience: readonly string[], kind: "short" | "long"): string[] => [
  "with",
  audienceLabel(audience),
  kind,
];

/** May a memory shared among `audience` be recalled before `present`? Everyone present must have been there. */
export function mayRecall(audience: readonly string[], present: readonly string[]): boolean {
  const there = audienceOf(audience);
  return present.length > 0 && audienceOf(present).every((id) => there.includes(id));
}
