import { type Relationship, unmet } from "../../memory/relationship.js";
import type { Interlocutor, Talk } from "../mind.js";

/**
 * Those who are there as they are known: where the host says no name, by the one they gave; where it does not say how they
 * are known, by what it said before. Without a person who was named, `known` is of whom the thread belongs to.
 */
export function metPeople(
  people: readonly Interlocutor[],
  known: readonly Relationship[],
): Pick<Talk, "people" | "relationships"> {
  const relationships =
    people.length === 0
      ? [...known]
      : people.map(
          (one) => known.find(({ person }) => person === one.id) ?? { ...unmet(one.id), ...said(one) },
        );
  return {
    people: people.map((one, place) => ({ ...one, ...said({ ...one, ...relationships[place] }) })),
    relationships,
  };
}

const said = ({ name, relationship }: Interlocutor): Partial<Relationship> => ({
  ...(name !== undefined && { name }),
  ...(relationship !== undefined && { relationship }),
});
