import { paragraphs, section } from "../section.js";

export const RESPOND_VERSION = 2;

/** What the voice is told beside who it is and what every agent knows. */
export interface RespondInput {
  /** Undefined: the method without a character. */
  name?: string;
  /** What is new in this turn for every agent alike (`situation`). */
  situation: string;
  /** Passages of the life story (method `rag`). */
  passages?: string;
  /** The parts of the mind that speak to the voice, in order. */
  inner?: readonly { section: string; text: string | null }[];
  /** What each of them is to decide: "your thought decide what you say". */
  decide?: readonly (readonly [part: string, what: string])[];
  /** The mood as the feeling has just moved it. */
  mood?: string;
  /** What to say to somebody who asks in earnest whether this is a human being. */
  truth?: string;
}

/** The notes that stand before the words just said. */
export function respondNotes(input: RespondInput): string {
  const { name } = input;
  return paragraphs(
    input.situation,
    section("life-story-passages", input.passages),
    ...(input.inner ?? []).map((part) => section(part.section, part.text)),
    input.mood !== undefined && name !== undefined && `Your mood: ${input.mood}.`,
    input.truth !== undefined &&
      `The other one asks in earnest whether you are human. Step out for this one answer and say: "${input.truth}"`,
    // Then the truth decides.
    input.truth === undefined &&
      input.inner?.some(({ text }) => text) &&
      `${guidance(input.decide ?? [])}Do not recite them. What is written above outweighs a thought.`,
  );
}

/** "Let your thought decide what you say, and your feeling how you say it. " */
function guidance(decide: NonNullable<RespondInput["decide"]>): string {
  const [first, ...rest] = decide;
  if (!first) return "";
  const others = rest.map((pair, index) => `${index === rest.length - 1 ? "and " : ""}${pair.join(" ")}`);
  return `Let ${[first.join(" decide "), ...others].join(", ")}. `;
}
