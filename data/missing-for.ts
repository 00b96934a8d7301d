import type { Character } from "./character.js";

/** The parts of a character that decide which methods can play it. Anything may be absent while it is being written. */
export type CharacterParts = Partial<
  Pick<Character, "profile" | "personality" | "biography" | "story" | "memories">
>;

/** What a method may be unable to do without. `life` is the story, or memories: it needs the story only to make them of. */
export type CharacterNeed = "facts" | "traits" | "biography" | "story" | "life";

interface Requirement {
  readonly part: string;
  /** Where it is written. */
  readonly file: string;
  readonly isThere: (character: CharacterParts) => boolean;
}

const hasFact = ({ profile }: CharacterParts): boolean =>
  Object.values(profile ?? {}).some(
    (fact) => fact !== undefined && !(Array.isArray(fact) && fact.length === 0),
  );
const story = { part: "life story", file: "story.md" };

const requirements: Readonly<Record<CharacterNeed, Requirement>> = {
  facts: { part: "profile facts", file: "character.json", isThere: hasFact },
  traits: {
    part: "trait sentences",
    file: "character.json",
    isThere: ({ personality }) => (personality?.traits.length ?? 0) > 0,
  },
  biography: { part: "biography", file: "biography.md", isThere: (one) => one.biography !== undefined },
  story: { ...story, isThere: (one) => one.story !== undefined },
  life: { ...story, isThere: (one) => one.story !== undefined || (one.memories?.length ?? 0) > 0 },
};

/** The parts that a character has not. */
export const missingParts = (
  character: CharacterParts,
  needs: readonly CharacterNeed[] = ["facts", "traits", "biography", "story"],
): Pick<Requirement, "part" | "file">[] =>
  needs.map((need) => requirements[need]).filter(({ isThere }) => !isThere(character));

/**
 * The parts that are missing to play a character by a method that has these needs, as words for a message; empty when it
 * can be played. See the `needs` of the methods.
 */
export const missingFor = (character: CharacterParts, needs: readonly CharacterNeed[]): string[] =>
  missingParts(character, needs).map(({ part, file }) => `${part} (${file})`);
