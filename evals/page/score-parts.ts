/** Score parts of a memory: name, and what it says. */
export const scoreParts = {
  lexical: ["Shared words", "words that the message and the memory have in common; rare words count more"],
  dense: ["Similar meaning", "nearness of meaning, above what is usual for this person’s memories"],
  priors: [
    "Who and when",
    "a little more for the speaker or the time that was asked about, a little less for questions",
  ],
  support: [
    "Covers the question",
    "share of the question that the memory covers, from 0 to 1; decides what counts as remembered",
  ],
  whose: ["About the right person", "below 0: the memory tells of somebody else"],
  importance: ["Importance", "how much it matters to the person"],
  recency: ["Recency", "how lately it was told or recalled"],
  mood: ["Fits the mood", "how near its feeling is to the present mood"],
} as const;
