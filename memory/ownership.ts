import { createHash } from "node:crypto";

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

/** Sorted, without repeats: two orders of the same people are one audience. */
export const audienceOf = (ids: readonly string[]): string[] => [...new Set(ids)].sort();

/** One namespace label for an audience; ids are escaped, so that no id can imitate a group. */
export function audienceLabel(audience: readonly string[]): string {
  const label = audienceOf(audience)
    .map((id) => encodeURIComponent(id).replaceAll(".", "%2E"))
    .join("+");
  return label.length <= 200 ? label : `sha256:${createHash("sha256").update(label).digest("hex")}`;
}

/** The audience that a label stands for, or null where the label is a hash and one must look at a memory. */
export function audienceOfLabel(label: string): string[] | null {
  if (label.startsWith("sha256:")) return null;
  return label.split("+").map(decodeURIComponent);
}

/** Namespace of what was said among these people. */
export const withAudience = (audience: readonly string[], kind: "short" | "long"): string[] => [
  "with",
  audienceLabel(audience),
  kind,
];

/** May a memory shared among `audience` be recalled before `present`? Everyone present must have been there. */
export function mayRecall(audience: readonly string[], present: readonly string[]): boolean {
  return present.length > 0 && present.every((id) => audience.includes(id));
}
