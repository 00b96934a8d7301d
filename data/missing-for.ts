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
  readonly isThere: (character: CharacterParts, method: Method) => boolean;
}

const hasFacts = ({ profile = {} as CharacterParts["profile"] }: CharacterParts): boolean =>
  Object.values(profile ?? {}).some(
    (fact) => fact !== undefined && !(Array.isArray(fact) && fact.length === 0),
  );
const hasTraits = ({ personality }: CharacterParts): boolean => (personality?.traits.length ?? 0) > 0;
/** `macm` reads memories, and needs the story only to make them of. */
const hasLife = ({ story, memories }: CharacterParts, method: Method): boolean =>
  story !== undefined || (method === "macm" && (memories?.length ?? 0) > 0);

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
  { part: "life story", file: "story.md", methods: ["rag", "macm"], isThere: hasLife },
];

/** The requirements that a character does not meet, each with the methods that it keeps it from. */
export function unmetRequirements(character: CharacterParts): Requirement[] {
  return requirements
    .map((requirement) => ({
      ...requirement,
      methods: requirement.methods.filter((method) => !requirement.isThere(character, method)),
    }))
    .filter(({ methods }) => methods.length > 0);
}

/**
 * The parts that are missing to play a character by a method, as words for a message; empty when it can be played.
 * `macm` needs memories or the story to make them of (`simulacra remember`). `blank` needs nothing.
 */
export function missingFor(character: CharacterParts, method: Method): string[] {
  return unmetRequirements(character)
    .filter(({ methods }) => methods.includes(method))
    .map(({ part, file }) => `${part} (${file})`);
}
