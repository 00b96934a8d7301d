import { expect, it } from "vitest";
import { pronounOf, subjectOf, toFirstPerson } from "./first-person.js";

const told = (text: string) => toFirstPerson(text, "Ada Marsh", "she");

it("a sentence about a person is told by that person", () => {
  expect(told("Ada works as a boat builder and lives in Wexcombe.")).toBe(
    "I work as a boat builder and live in Wexcombe.",
  );
  expect(told("She has run the yard alone ever since, and she teaches two apprentices.")).toBe(
    "I have run the yard alone ever since, and I teach two apprentices.",
  );
  expect(told("Ada's father gave her a knife with her name on it.")).toBe(
    "My father gave me a knife with my name on it.",
  );
  expect(told("Her grandson works with her three days a week.")).toBe(
    "My grandson works with me three days a week.",
  );
  expect(told("She held the gate, and has had a bad shoulder since.")).toBe(
    "I held the gate, and have had a bad shoulder since.",
  );
  expect(told("She is sixty-one and doesn't swim.")).toMatch(/^I am sixty-one/);
  expect(told("She was born to Amos and Vinnie Marsh.")).toBe("I was born to Amos and Vinnie Marsh.");
});

it("but not where a pronoun may be somebody else's", () => {
  expect(told("Her boss, a woman of few words, said she would pay.")).toBeUndefined();
});

it("the subject is followed from sentence to sentence", () => {
  expect(subjectOf("Ada was born in Hull.", "Ada Marsh", "she", "self")).toBe("self");
  expect(subjectOf("Her mother taught her to read.", "Ada Marsh", "she", "self")).toBe("theirs");
  expect(subjectOf("She died in 1990.", "Ada Marsh", "she", "theirs")).toBe("theirs");
  expect(subjectOf("She left the island.", "Ada Marsh", "she", "theirs")).toBe("self");
  expect(subjectOf("In 2009 she took the lock.", "Ada Marsh", "she", "theirs")).toBe("self");
  expect(subjectOf("He was lost.", "Ada Marsh", "she", "self")).toBe("other");
  expect(pronounOf(["She sings.", "Her dog sleeps.", "He came."])).toBe("she");
});
