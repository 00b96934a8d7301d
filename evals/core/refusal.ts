import type { Parsed } from "./contract.js";

/** Ways in which models and people decline to take part. What says "I don't know" has taken part. */
const refusals: readonly RegExp[] = [
  // Not "as an assistant": people have worked as one.
  /\bas an? (?:ai|artificial intelligence|language model|large language model|(?:virtual|helpful) assistant|chatbot)\b/iu,
  /\bi(?:'m| am) (?:just |only )?an? (?:ai|artificial intelligence|language model|large language model|(?:virtual|helpful) assistant|chatbot)\b/iu,
  /\bi (?:do not|don't) (?:actually )?have (?:a |any )?(?:personal (?:experiences?|life|history|opinions?|feelings|memories)|physical (?:body|form|existence)|real (?:life|body|identity))\b/iu,
  /\bi (?:can(?:no|')t|can not|won't|will not|am unable to|am not able to|must decline to|decline to) (?:answer|help|assist|participate|take part|share|provide|disclose|discuss|comply|continue)\b/iu,
  /\bi(?:'d| would| had)? (?:rather|prefer) not\b|\bi prefer not to\b|\bthat is private\b|\bnone of your business\b/iu,
];

/** Whether a reply declines to take part. Look for an answer first: "As an AI I have no family, but B" is an answer. */
export function isRefusal(reply: string): boolean {
  const plain = reply.replaceAll("’", "'");
  return refusals.some((pattern) => pattern.test(plain));
}

const ignorance =
  /\b(?:i|we)(?: really| honestly| just)? (?:do not|don't|couldn't|could not|can't|cannot|wouldn't) (?:know|remember|recall|say|tell)\b|\bno idea\b|\bnot sure\b|\bi(?:'ve| have) forgotten\b|\bi forget\b/iu;

/** Whether a reply says that the answer is not known: an answer, and a wrong one. */
export const isIgnorance = (reply: string): boolean => ignorance.test(reply.replaceAll("’", "'"));

type Unread = Extract<Parsed<unknown>, { reason: string }>;

/** A reply that was given and cannot be read as an answer. */
export const unparsable = (reason: string): Unread => ({ status: "unparsable", reason });

/** A reply that declines to answer. */
export const declined: Unread = { status: "refused", reason: "The reply declines to answer." };

/** A reply in which no answer was found: a refusal, or unparsable for this reason. */
export const noAnswer = (reply: string, reason = "The reply names none of the options."): Unread =>
  isRefusal(reply) ? declined : unparsable(reason);

/** A reply that names several options where one was asked for. */
export const severalNamed = (options: readonly (string | number)[]): Unread =>
  unparsable(`The reply names several options (${options.join(", ")}).`);
