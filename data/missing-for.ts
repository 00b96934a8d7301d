import type { Character, Method } from "./character.js";

/** The parts of a character that decide which methods can play it. Anything may be absent while it is being written. */
export type CharacterParts = Partial<
  Pick<Character, "profile" | "personality" | "biography" | "story" | "memories">
>;

/** A part of a character, where it is written, and the methods that cannot do without it. */
export interface Requirement {
  readonly part: string;
  readonly file: string;
  readonly methods: readonly Method[];
  readonly isThere: (character: CharacterParts) => boolean;
}

const hasFacts = ({ profile = {} as CharacterParts["profile"] }: CharacterParts): boolean =>
  Object.values(profile ?? {}).some(
    (fact) => fact !== undefined && !(Array.isArray(fact) && fact.length === 0),
  );
const hasTraits = ({ personality }: CharacterParts): boolean => (personality?.traits.length ?? 0) > 0;
const hasStory = ({ story }: CharacterParts): boolean => story !== undefined;

/**
 * What each method cannot do without. `prompt` knows a person by facts, traits and biography only; `rag` and `macm`
 * read the story (`macm` through the memories made of it), so a story and one trait sentence are enough for them.
 */
export const requirements: readonly Requirement[] = [
  { part: "profile facts", file: "character.json", methods: ["prompt"], isThere: hasFacts },
  { part: "trait sentences", file: "character.json", methods: ["prompt", "rag", "macm"], isThere: hasTraits },
  {
    part: "biography",
    file: "biography.md",
    methods: ["prompt"],
    isThere: ({ biography }) => biography !== undefined,
  },
  { part: "life story", file: "story.md", methods: ["rag"], isThere: hasStory },
  {
    part: "life story (or memories)",
    file: "story.md",
    methods: ["macm"],
    isThere: (character) => hasStory(character) || (character.memories?.length ?? 0) > 0,
  },
];

/**
 * The parts that are missing to play a character by a method, as words for a message; empty when it can be played.
 * `macm` needs memories or the story to make them of (`simulacra remember`). `blank` needs nothing.
 */
export function missingFor(character: CharacterParts, method: Method): string[] {
  return requirements
    .filter((requirement) => requirement.methods.includes(method) && !requirement.isThere(character))
    .map(({ part, file }) => `${part} (${file})`);
}
