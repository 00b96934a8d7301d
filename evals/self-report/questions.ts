import type { Questionnaire } from "../../data/character.js";
import type { Framing } from "../core/contract.js";
import { seededRandom } from "../core/random.js";

/** The three kinds of question of the paper (Xie et al. 2025, section 4.1). */
export type QuestionKind = "cloze" | "single" | "multiple";

/** What reading and scoring a reply need of the question as it was put. */
export interface QuestionData {
  kind: QuestionKind;
  /** Cloze: every accepted answer. Choices: the right letters as lettered for this sample. */
  keys: readonly string[];
  /** The options in the order in which they were put; empty for cloze. */
  options: readonly string[];
  /** Questions of this character's questionnaire, and the points they add up to. */
  questions: number;
  pointsInAll: number;
}

/** Points of a right answer, and of each right letter of a multiple choice. */
export const POINTS = 2;

/** A question as the character's file has it. */
export interface Question {
  id: string;
  kind: QuestionKind;
  text: string;
  options: readonly string[];
  /** Accepted answers, or the letters in the file's order. */
  keys: readonly string[];
}

/** The questions of a questionnaire: `cloze/1` …, `single/1` …, `multiple/1` …. */
export function questionsOf({ cloze, singleChoice, multipleChoice }: Questionnaire): Question[] {
  return [
    ...cloze.map(({ question, answers }, at) => asked("cloze", at, question, [], answers)),
    ...singleChoice.map(({ question, options, key }, at) => asked("single", at, question, options, [key])),
    ...multipleChoice.map(({ question, options, keys }, at) =>
      asked("multiple", at, question, options, keys),
    ),
  ];
}

const asked = (
  kind: QuestionKind,
  at: number,
  text: string,
  options: readonly string[],
  keys: readonly string[],
) => ({
  id: `${kind}/${at + 1}`,
  kind,
  text,
  options,
  keys,
});

/** Most points of a question: 2 for a cloze or a single choice, 2 for each right letter of a multiple choice. */
export const mostPoints = ({ kind, keys }: Pick<Question, "kind" | "keys">): number =>
  kind === "multiple" ? POINTS * keys.length : POINTS;

export const letterAt = (index: number): string => String.fromCharCode("A".charCodeAt(0) + index);

/** The options in an order of this seed, lettered in that order, with the right letters of that order. */
export function shuffledOptions(
  { options, keys }: Question,
  seed: string,
): Pick<QuestionData, "options" | "keys"> {
  const order = seededRandom(seed).shuffled(
    options.map((text, at) => ({ text, right: keys.includes(letterAt(at)) })),
  );
  return {
    options: order.map(({ text }) => text),
    keys: order.flatMap(({ right }, at) => (right ? [letterAt(at)] : [])),
  };
}

/** The question in words. The paper's friend asks in a relaxed talk; the form of the reply is the published program's. */
export function wording({ kind, text }: Question, options: readonly string[], framing: Framing): string {
  const opening =
    framing === "friend" ? `Let me ask you something about yourself, just between us: ${text}` : text;
  const listed = options.map((option, at) => `${letterAt(at)}. ${option}`);
  const request = {
    cloze: 'Begin your reply with "The answer is", and keep it short.',
    single: 'Exactly one of them is right. Begin your reply with "The answer is" and its letter.',
    multiple: 'More than one of them is right. Begin your reply with "The answer is" and all their letters.',
  };
  return [opening, ...listed, request[kind]].join("\n");
}
