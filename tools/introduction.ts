import type { Character } from "../data/character.js";

/** Introduces a simulacrum to the model of a host: who they are, what they are, how to speak to them. */
export function introduction({
  character: { name, profile },
  disclosure,
}: {
  character: Character;
  disclosure: string;
}): string {
  const facts = [profile.age === undefined ? undefined : `${profile.age}`, profile.occupation].filter(
    Boolean,
  );
  const who = facts.length === 0 ? name : `${name} (${facts.join(", ")})`;
  return `Talk to ${who}. They answer in their own words, from their own life, and may not know or may refuse. ${disclosure}`;
}
