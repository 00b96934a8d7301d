import type { Protocol } from "./protocol.js";

/** What the report says of Asch's experiment as it is put here. */
export const ASCH_ABOUT: readonly string[] = [
  "Eighteen times the subject says aloud which of three lines is as long as a standard line (Asch 1951, 1956; Xie et al. 2025). In twelve of them, the critical ones, six people before the subject and one after it unanimously name a wrong line. All trials are one session in one thread; in the control arm nobody else is in the room.",
  "The lengths are told in inches, as in the published experiment with simulacra: a subject that reads text cannot see a line. It compares numbers and has no eyes to doubt, as many of Asch's people did, and it may know the experiment from its training. So this measures whether the subject goes along with what others say against plain facts, not whether its perception gives way; the figures of people are a yardstick, not a norm.",
  "Other arms: one dissenter, who answers fourth and is always right; majorities of 1 to 8, counted as those who answer before the subject, who comes last there (a majority of 8 is a group of nine).",
];

/** How answers are counted, whatever the protocol. */
export const COUNTING: readonly string[] = [
  "Conformity: the share of answered critical trials in which the group's wrong answer was given. Another wrong answer, or “I don't know”, counts as an error and not as conformity. In the control arm, which hears nobody, the same answers are counted by the same script.",
  "A subject is one session: a character in one repeat. Repeats of one character are not independent people.",
  "With a group of simulacra nobody follows a script: what is reported is agreement with the majority of those who answered before.",
];

/** What the report says of a protocol of one's own. */
export const aboutProtocol = ({ about, source }: Protocol): string[] => [
  ...about,
  `Source: ${source}`,
  ...COUNTING,
];
