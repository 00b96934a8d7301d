import { join } from "node:path";
import { z } from "zod";
import { type Character, type Questionnaire, questionnaireSchema, scenarioSchema } from "../character.js";
import type { Problem } from "../problem.js";
import { readJsonFile } from "../text-file.js";
import { parseTolerantly } from "../tolerant-parse.js";

const publishedQuestionSchema = z.object({
  type: z.string().optional(),
  question: z.string().trim(),
  options: z.array(z.string()),
  answer: z.array(z.string().trim()),
});
type PublishedQuestion = z.infer<typeof publishedQuestionSchema>;

const clozeSchema = questionnaireSchema.shape.cloze.unwrap().element;
const singleChoiceSchema = questionnaireSchema.shape.singleChoice.unwrap().element;
const multipleChoiceSchema = questionnaireSchema.shape.multipleChoice.unwrap().element;

/** What our words for the parts of a question are in the published files. */
const publishedWords: Readonly<Record<string, string>> = {
  answers: "answer",
  key: "answer",
  keys: "answer",
  scenario: "question",
};

/** The questionnaire and scenarios of one person. */
export interface PublishedQuestions {
  readonly questionnaire?: Questionnaire;
  readonly scenarios: Character["scenarios"];
  readonly problems: Problem[];
}

/**
 * Options without their letters ("B. nuclear family"), in the order of the letters, so that the key still fits.
 * Options without letters stay as they stand.
 */
export function optionTexts(options: readonly string[]): string[] {
  const lettered = options.map((option) => /^\s*([A-H])\s*[.:)．、]\s*(.*)$/su.exec(option));
  if (!lettered.every((match) => match !== null)) return options.map((option) => option.trim());
  return lettered
    .map((match) => ({ letter: match[1] ?? "", text: (match[2] ?? "").trim() }))
    .sort((a, b) => a.letter.localeCompare(b.letter))
    .map(({ text }) => text);
}

const letters = (answers: readonly string[]): string[] =>
  answers.map((answer) => answer.replace(/[.)]$/, "").toUpperCase());
const isBlank = ({ question, options, answer }: PublishedQuestion): boolean =>
  [question, ...options, ...answer].every((part) => part.trim() === "");

async function readQuestions<T>(
  folder: string,
  file: string,
  schema: z.ZodType<T>,
  convert: (question: PublishedQuestion) => unknown,
  problems: Problem[],
): Promise<T[]> {
  const result = await readJsonFile(join(folder, file), file);
  if ("problem" in result) {
    problems.push({ ...result.problem, kind: result.missing ? "missing" : "broken" });
    return [];
  }
  if (!Array.isArray(result.value)) {
    problems.push({ file, reason: "should be a list (in square brackets) of questions", kind: "broken" });
    return [];
  }
  if (result.value.length === 0) problems.push({ file, reason: "holds no question", kind: "missing" });
  return result.value.flatMap((entry, index) => {
    const report = (found: readonly Problem[]) => {
      for (const problem of found) {
        const parts = (problem.key?.split(" > ") ?? []).map((part) => publishedWords[part] ?? part);
        problems.push({ ...problem, key: [`entry ${index + 1}`, ...parts].join(" > ") });
      }
    };
    const published = parseTolerantly(file, entry, publishedQuestionSchema);
    report(published.problems);
    // A question whose text is blank is one that the data set does not publish.
    if (published.value === undefined || isBlank(published.value)) return [];
    const { value, problems: found } = parseTolerantly(file, convert(published.value), schema);
    report(found);
    return value === undefined ? [] : [value];
  });
}

/** Reads the four question files of one person. A broken question is reported and left out. */
export async function readPublishedQuestions(folder: string, name: string): Promise<PublishedQuestions> {
  const problems: Problem[] = [];
  const read = <T>(kind: string, schema: z.ZodType<T>, convert: (question: PublishedQuestion) => unknown) =>
    readQuestions(folder, `Questions/${name}/${kind}.json`, schema, convert, problems);
  const cloze = await read("Cloze", clozeSchema, ({ question, answer }) => ({ question, answers: answer }));
  const singleChoice = await read("Single_choice", singleChoiceSchema, ({ question, options, answer }) => ({
    question,
    options: optionTexts(options),
    ...(answer.length === 1 ? { key: letters(answer)[0] } : { key: answer.join(", ") }),
  }));
  const multipleChoice = await read(
    "Multiple_choices",
    multipleChoiceSchema,
    ({ question, options, answer }) => ({
      question,
      options: optionTexts(options),
      keys: letters(answer),
    }),
  );
  const scenarios = await read("Open-Ended", scenarioSchema, ({ question }) => ({ scenario: question }));
  const none = cloze.length + singleChoice.length + multipleChoice.length === 0;
  return { ...(none ? {} : { questionnaire: { cloze, singleChoice, multipleChoice } }), scenarios, problems };
}
