import { z } from "zod";
import type { Character } from "../../data/character.js";
import { contentHash } from "../core/content-hash.js";
import {
  asker,
  type Instrument,
  type InstrumentPlan,
  type PlanRequest,
  type SessionPlan,
} from "../core/contract.js";
import { measures, tables } from "./filled-in.js";
import { correctedPoints } from "./points.js";
import {
  mostPoints,
  type Question,
  type QuestionData,
  questionsOf,
  shuffledOptions,
  wording,
} from "./questions.js";
import { readCloze } from "./read-cloze.js";
import { readLetters } from "./read-letters.js";

const settings = z.object({});

/** Self report: what a simulacrum knows about the person it plays (Xie et al. 2025, section 4.1). */
const selfReport: Instrument<z.infer<typeof settings>, QuestionData, string | readonly string[]> = {
  name: "self-report",
  version: "1",
  title: "Self report",
  about: [
    "A questionnaire on the person's own life, as in Xie et al. 2025 (section 4.1): cloze, single choice with four options and multiple choice with six, each question in a talk of its own. The published questionnaires have 50 points: 10 for cloze, 10 for single choice, 30 for multiple choice.",
    "Options are put in a random order decided by the seed, and lettered in that order, for every repeat.",
    "Corrected scoring: 2 points for a right cloze or single choice; in multiple choice 2 for each right letter and minus 2 for each wrong one, an item not below 0. A cloze is right when an accepted answer stands in it as whole words; numbers and dates may be written out. “I don't know” is an answer, and wrong. In a sum a refused or unparsable item counts 0.",
    "A cloze is read for the key alone: a reply that hedges, or names several things of which one is the key, counts as right, and so does a long reply that holds it anywhere. This favours models that say much; look at the replies before comparing models of different length.",
    "Published scoring: as the published program intends. A cloze is right when the key is anywhere in the reply, even inside another word; letters are all capitals A to F that stand alone, the article “A” included. The two differ by these readings only.",
    "It measures knowledge of written facts, not whether the person's ways were met.",
  ],
  settings,
  validate: ({ characters }) =>
    characters.flatMap(({ name, questionnaire }) =>
      questionnaire && questionsOf(questionnaire).length > 0
        ? []
        : [`${name} has no questionnaire. Fill in questionnaire.json, or leave them out.`],
    ),
  plan,
  parse: (reply, { data }) => (data.kind === "cloze" ? readCloze(reply) : readLetters(reply, data)),
  score: (answer, { data }) => ({ points: correctedPoints(answer, data), of: mostPoints(data) }),
  measures,
  tables,
};
export default selfReport;

/** Every question to every character in every condition: a session of one. */
function plan(request: PlanRequest<unknown>): InstrumentPlan<QuestionData> {
  const asked = new Map(request.characters.map((character) => [character.id, questionsFor(character)]));
  return {
    *sessions() {
      for (const [character, { planned }] of asked)
        for (const method of request.methods)
          for (const model of request.models)
            for (let repeat = 1; repeat <= request.repeats; repeat++)
              for (const items of planned) {
                const condition = { method, model, framing: request.framing, arm: "" };
                const subject = { kind: "simulacrum", character, method, model } as const;
                yield { subject, condition, repeat, seed: request.seed, items } satisfies SessionPlan;
              }
    },
    item({ subject, items, seed, repeat, condition: { framing } }, position) {
      const character = subject.kind === "simulacrum" ? subject.character : "";
      const { questions, pointsInAll } = asked.get(character) ?? { questions: [], pointsInAll: 0 };
      const id = items[position]?.id;
      const question = questions.find((each) => each.id === id);
      if (!question) throw new Error(`There is no question ${id} for ${character}.`);
      const choices =
        question.kind === "cloze"
          ? { options: [], keys: question.keys }
          : shuffledOptions(question, `${seed}/${character}/${question.id}/${repeat}`);
      return {
        lines: [{ by: asker[framing].id, text: wording(question, choices.options, framing) }],
        data: { kind: question.kind, ...choices, questions: questions.length, pointsInAll },
        key: choices.keys.join(question.kind === "cloze" ? " / " : ", "),
      };
    },
  };
}

function questionsFor({ questionnaire }: Character) {
  const questions = questionnaire ? questionsOf(questionnaire) : [];
  const pointsInAll = questions.reduce((sum, question) => sum + mostPoints(question), 0);
  // A sample keeps what the questionnaire has in all, so this is part of the item.
  const planned = questions.map((question: Question) => [
    { id: question.id, version: contentHash([question, questions.length, pointsInAll]).slice(0, 12) },
  ]);
  return { questions, planned, pointsInAll };
}
