import { monthNames } from "../../data/month-names.js";
import { timeFit } from "./asked-time.js";
import type { ReadQuestion } from "./question.js";

/** What speaks for a memory apart from its words and meaning; points on the scale of the lexical score. */
export const priorWeights = {
  speaker: 0.35,
  timeFit: 0.5,
  /** Where nothing but a time was asked for, it decides. */
  timeAlone: 2,
  questionShare: -0.2,
  timeExpression: 0.2,
} as const;

/** The fields of a record that priors read; speaker and time may be unknown. */
export interface PriorFields {
  text: string;
  /** Share of its sentences that are questions. */
  questionShare: number;
  speaker?: string;
  at?: Date;
}

/** "May" alone is mostly the verb. */
const months = monthNames.map((name) => (name === "may" ? "in may" : name)).join("|");
const thisOne = "this (?:morning|week|weekend|month|year|summer|winter|spring|fall|autumn)";
const weekdays = "(?:mon|tues|wednes|thurs|fri|satur|sun)day";
const timeExpression = new RegExp(
  String.raw`\b(?:yesterday|today|tonight|tomorrow|ago|last|next|${thisOne}|since|weekend|${weekdays}|${months}|(?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th)|\d{1,2}:\d\d|christmas|easter|when i was|at the age)\b|\d+[年月日]|昨日|今日|明日|先週|来週|去年|昨天|今天|明天|上周|下周`,
  "iu",
);
const duration =
  /\b(?:(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|few|several|couple of|many|some) (?:second|minute|hour|day|week|month|year|decade)s?|since|for (?:ages|years|months|weeks))\b|\d+(?:年|か月|個月|个月|日|天)間?/iu;

/** Does the text say when, or how long? */
export function tellsTime(text: string, form: "when" | "how-long"): boolean {
  return (form === "when" ? timeExpression : duration).test(text);
}

/**
 * Sum of the priors of one memory for one question. What the memory does not know counts neither way.
 * @param spokenByAsked whether the one person asked about said it; undefined where nobody knows
 */
export function priorsOf(
  question: ReadQuestion,
  memory: PriorFields,
  spokenByAsked: boolean | undefined,
): number {
  let sum = 0;
  sum += priorWeights.questionShare * memory.questionShare;
  if (spokenByAsked === true) sum += priorWeights.speaker;
  if (question.time && memory.at)
    sum += priorWeights[question.timeOnly ? "timeAlone" : "timeFit"] * timeFit(question.time, memory.at);
  if (question.form !== "other" && tellsTime(memory.text, question.form)) sum += priorWeights.timeExpression;
  return sum;
}
