import { z } from "zod";
import { LOOKED_AT } from "./looked-at.js";
import { partings, planPhrases } from "./plan-phrases.js";
import { terms } from "./ranking/terms.js";

/** Something that one of them promised, or means to do, and of which nothing was heard since. */
export const openMatterSchema = z.object({
  /** In the words of who said it. */
  text: z.string().min(1),
  by: z.enum(["them", "self"]),
  at: z.iso.datetime(),
  thread: z.string(),
  turn: z.number().int().min(1),
  /** Who was there: before others it is not told. */
  audience: z.array(z.string().min(1)).min(1),
});
export type OpenMatter = z.infer<typeof openMatterSchema>;

/** So many stay open between two; the oldest is dropped for a new one. */
export const OPEN_KEPT = 6;
/** Characters of what is kept of one. */
const LONGEST = 160;
/** A sentence of fewer telling words says nothing that one could ask after. */
const FEWEST_TERMS = 1;

/**
 * The sentences in which somebody says what they will do: a promise, or a plan with its time ("I'll fix the chain on
 * Saturday", "My exam is tomorrow"). Told by patterns, in the languages of `plan-phrases.ts`; questions, conditions and
 * partings are none.
 */
export function plansIn(text: string): string[] {
  return sentences(text.replaceAll("’", "'")).filter(isPlan).slice(0, 2).map(short);
}

/**
 * Whether what is said settles what was open: it tells of the same thing and is no new plan, or it is the answer to a
 * question of the other that named it.
 * @param asked what the other one had said just before
 */
export function isSettledBy(matter: OpenMatter, said: string, asked: string | undefined): boolean {
  const statements = sentences(said).filter((sentence) => !isQuestion(sentence));
  const told = statements.filter((sentence) => !isPlan(sentence));
  if (told.some((sentence) => isAbout(sentence, matter))) return true;
  const wasAsked = sentences(asked ?? "").some(
    (sentence) => isQuestion(sentence) && isAbout(sentence, matter),
  );
  return wasAsked && statements.length > 0;
}

/** Whether a new plan is about the same as an open one, and takes its place. */
export const isSamePlan = (text: string, { text: open }: OpenMatter): boolean => {
  const [one, other] = [matterOf(text), matterOf(open)];
  const common = [...one].filter((term) => other.has(term)).length;
  return common > Math.min(one.size, other.size) / 2;
};

/** A sentence is about a matter when it shares half of its telling words; of many, two will do. */
function isAbout(sentence: string, { text }: OpenMatter): boolean {
  const [said, open] = [new Set(terms(sentence)), matterOf(text)];
  const common = [...open].filter((term) => said.has(term)).length;
  return common > 0 && (common >= 2 || common >= open.size / 2);
}

const whenAndWill = planPhrases.flatMap(({ later, day, promise, will }) =>
  [later, day, promise, will].flatMap((pattern) => (pattern ? [new RegExp(pattern, "giu")] : [])),
);

/** What a plan is about: its words without those that only say when, or that it will be. */
function matterOf(text: string): Set<string> {
  const bare = whenAndWill.reduce((left, pattern) => left.replace(pattern, " "), text.slice(0, LOOKED_AT));
  return new Set(terms(bare).filter((term) => !/^(?:go|get|plan|promis|mean)$/u.test(term)));
}

function isPlan(sentence: string): boolean {
  if (isQuestion(sentence) || partings.test(sentence) || conditional.test(sentence)) return false;
  const isSaid = planPhrases.some(
    ({ promise, later, day, will, own }) =>
      (promise?.test(sentence) ?? false) ||
      (later.test(sentence) && own.test(sentence)) ||
      ((day?.test(sentence) ?? false) && will.test(sentence)),
  );
  return isSaid && matterOf(sentence).size >= FEWEST_TERMS;
}

const conditional = /^(?:if|unless|wenn|falls|si|se|als|om|如果)(?!\p{L})/iu;
const isQuestion = (sentence: string): boolean => /[?？]["”』」]?\s*$/u.test(sentence);

/** As far as they are looked at. The end mark stays with its sentence. */
const sentences = (text: string): string[] =>
  (text.slice(0, LOOKED_AT).match(/[^.!?。！？\n]+(?:[.!?。！？]+["”』」]?|\n|$)/gu) ?? [])
    .map((one) => one.trim())
    .filter((one) => one !== "");

const short = (sentence: string): string => {
  const line = sentence.replace(/\s+/gu, " ");
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1).trimEnd()}…`;
};
