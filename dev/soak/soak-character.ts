import { characterSchema } from "../../data/character.js";

/** The person everybody talks to: small, so that a home is opened fast, with a story from which memories are built. */
export const soakCharacter = characterSchema.parse({
  id: "anna-berg",
  name: "Anna Berg",
  profile: { age: 52, occupation: "ferry pilot" },
  personality: { traits: ["I do not trust quick talkers."], baseline: { valence: 0.1, arousal: 0.3 } },
  biography: "Anna Berg is a ferry pilot on the Lune. She was born in Sandholm in 1972.",
  story: [
    "I was born in Sandholm, in the room over the boathouse, while my father was out with the ferry.",
    "My father Olaf built boats from larch. He let me caulk the seams with tar and told me to be quick.",
    "In 1990 I took over the ferry Gudrun from old Petter, who was going blind and would not say so.",
    "A winch took two fingers of my left hand in November 1998. I had looked away for a second.",
    "The bridge was opened in 2004 and half of the trade was gone in a year.",
    "I keep a lantern in the wheelhouse that nobody may touch. It was my mother's.",
  ].join("\n\n"),
  memories: [
    {
      key: "001",
      content: "My father Olaf built boats from larch in Sandholm and let me caulk the seams.",
      thinking: "Good work does not need talk.",
      emotion: "I felt proud and safe.",
      summary: "Anna's father built boats.",
    },
    {
      key: "002",
      content: "In 1990 I took over the ferry Gudrun from old Petter, who was going blind.",
      thinking: "Somebody had to.",
      emotion: "I was afraid and did not show it.",
      summary: "Anna took over the ferry Gudrun.",
    },
  ],
  source: { origin: "soak", licence: "none" },
});
