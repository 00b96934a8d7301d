import type { HomeSnapshot } from "../home-snapshot.js";
import type { Journal } from "../journal.js";
import { soakCharacter } from "../soak-character.js";
import type { Violation } from "../violation.js";

/**
 * The memories that the character came with are there from the first opening on, and those of the life story once they
 * were all built: building them anew takes none away before it has the next.
 */
export function lifeStoryKept(snapshot: HomeSnapshot, { life }: Journal): Violation[] {
  const kept = snapshot.under("life");
  const keys = new Set(kept.map(({ key }) => key));
  const built = kept.filter(({ value }) => sourceOf(value) === "story").length;
  const violation = (what: string): Violation => ({ invariant: "the life story is kept", what });
  return [
    ...(life.opened ? soakCharacter.memories : [])
      .filter(({ key }) => !keys.has(key))
      .map(({ key }) => violation(`the memory ${key} that the character came with is gone`)),
    ...(built < life.built ? [violation(`${built} memories of the story are left of ${life.built}`)] : []),
  ];
}

const sourceOf = (value: unknown): string | undefined =>
  (value as { source?: { kind?: string } }).source?.kind;
