import { type Character, characterSchema } from "../../../data/character.js";

/** A small character with every part filled in, for tests. */
export function exampleCharacter(changes: Partial<Character> = {}): Character {
  return characterSchema.parse({
    id: "ada-quill",
    name: "Ada Quill",
    profile: {
      age: 51,
      gender: "female",
      dateOfBirth: "1973-02-11",
      occupation: "lighthouse painter",
      hobbies: ["kites"],
    },
    personality: {
      functions: ["Si", "Fe"],
      traits: ["I finish what I start."],
      baseline: { valence: 0.1, arousal: 0.3 },
    },
    biography: "Ada paints lighthouses.\n\nShe is afraid of heights.",
    story: "I was born by the sea.\n\nMy father kept the lamp.\n\nI paint it now.",
    memories: [
      {
        key: "001",
        content: "The sea.",
        thinking: "It is big.",
        emotion: "Awe.",
        summary: "Born by the sea.",
        paragraphs: [1, 2],
      },
      {
        key: "002",
        content: "The lamp.",
        thinking: "It is mine.",
        emotion: "Pride.",
        summary: "Paints.",
        importance: 0.5,
      },
    ],
    questionnaire: {
      cloze: [{ question: "What do you paint?", answers: ["lighthouses"] }],
      singleChoice: [
        { question: "Who kept the lamp?", options: ["father", "mother", "uncle", "nobody"], key: "A" },
      ],
      multipleChoice: [
        { question: "What is there?", options: ["a", "b", "c", "d", "e", "f"], keys: ["A", "C", "F"] },
      ],
    },
    scenarios: [{ scenario: "You are on the ladder when the wind rises." }],
    source: { origin: "written for this test", licence: "Apache-2.0" },
    aliases: ["Captain"],
    ...changes,
  });
}
