import type { Character } from "../data/character.js";
import type { PromptBudget } from "./prompt-budget.js";
import { type CountTokens, clipped, paragraphs, section } from "./section.js";

/** Version of the persona wording; part of the key of an evaluation sample. */
export const PERSONA_VERSION = 2;

/** The facts of the profile, one a line; what is unknown is left out. An age that the clock tells stands with the time (`now`). */
export function profileFacts({ name, profile }: Character): string {
  const facts: [string, string | number | undefined][] = [
    ["Name", name],
    ["Age", profile.dateOfBirth === undefined ? ageAsStated(profile) : undefined],
    ["Gender", profile.gender],
    ["Date of birth", profile.dateOfBirth],
    ["Occupation", profile.occupation],
    ["Home", profile.residence],
    ["Family", profile.family],
    ["Education", profile.education],
    ["Hobbies", profile.hobbies.join(", ") || undefined],
    ["Wants soon", profile.shortTermGoals.join("; ") || undefined],
    ["Wants in life", profile.longTermGoal],
  ];
  return facts.flatMap(([label, value]) => (value === undefined ? [] : [`${label}: ${value}`])).join("\n");
}

const ageAsStated = ({ age, asOf }: Character["profile"]) =>
  age !== undefined && asOf !== undefined ? `${age} (on ${asOf})` : age;

/** What the person says about themself, one sentence a line. */
export const traitLines = (character: Character, budget: PromptBudget, count: CountTokens): string =>
  clipped(character.personality.traits.join("\n"), budget.traits, count);

/**
 * Who the person is: the same words in every method that plays a character (`prompt`, `rag`, `macm`).
 * Personality enters as facts, traits and biography (paper, section 3.1).
 */
export function personaBlock(character: Character, budget: PromptBudget, count: CountTokens): string {
  const facts = clipped(profileFacts(character), budget.facts, count);
  const traits = traitLines(character, budget, count);
  const left = Math.min(budget.biography, budget.persona - count(facts) - count(traits));
  return paragraphs(
    section("facts", facts),
    section("self-description", traits),
    character.biography && section("biography", clipped(character.biography, left, count)),
  );
}
