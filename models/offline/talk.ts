import type { Quotable, ReadPrompt } from "./read-prompt.js";
import { askedStems, supports } from "./words.js";

/** Least share of what is asked for that a sentence must hold to be an answer. */
const leastSupport = 0.34;

const asksWhetherHuman =
  /\b(?:are you|is this|am i (?:talking|speaking) (?:to|with))(?: really| actually)?(?: an?)?(?: real| actual)? (?:human|person|robot|bot|machine|computer|ai|language model|program)\b/iu;
const asksOpenly = /\b(?:about (?:you|yourself|your (?:life|story))|go on|and then|more)\b/iu;
const asksForFeeling = /\bfeel(?:ing)?s?\b/iu;
/** Asks about the one who asks; only then are their own words an answer. */
const asksOfAsker = /\b(?:my|(?:did|do|am|was) I|I (?:said|told|mentioned)|about me)\b/u;
const asksForPast = /\b(?:remember|recall|did|was|were|when|had)\b/iu;

/** An answer in whole sentences of the prompt; where nothing in it answers, it says so. */
export function talk(prompt: ReadPrompt): string {
  const { question, quotable, said } = prompt;
  if (asksWhetherHuman.test(question))
    return (
      prompt.truth ??
      "I am not a human being. I am computer-generated: an offline model that quotes its prompt."
    );
  const courtesy = courtesyFor(prompt);
  if (courtesy !== undefined) return courtesy;
  if (asksForFeeling.test(question) && prompt.feeling !== undefined) return prompt.feeling;
  const asked = askedStems(question);
  const open = asked.length === 0 || (asked.length <= 2 && asksOpenly.test(question));
  const found = open
    ? quotable.filter(({ by, stems }) => by === "self" && stems.size >= 3)
    : ranked(
        asked,
        quotable.filter(({ by }) => by !== "other" || asksOfAsker.test(question)),
      );
  const fresh = found.find(({ text }) => !said.includes(text));
  if (fresh) return put(fresh, quotable, said);
  const [again] = found;
  if (again) return `As I said: ${again.text}`;
  // What was recalled for this turn was found to have to do with it, in other words perhaps.
  const memory =
    question.includes("?") && quotable.find(({ recalled, text }) => recalled && !said.includes(text));
  if (memory) return put(memory, quotable, said);
  if (!question.includes("?"))
    return unsaid(said, ["I see. Tell me more.", "Go on, I'm listening.", "I hear you."]);
  return asksForPast.test(question)
    ? unsaid(said, ["I don't remember that.", "That does not come back to me.", "I can't remember."])
    : unsaid(said, ["I don't know.", "I couldn't say.", "That I don't know."]);
}

/** How near a sentence is to being an answer by whose words it is. */
const nearness = { self: 0.3, fact: 0.1, writer: 0, other: 0 };

/** Sentences that answer, the best first: by what they share with the question, one's own words before what others say. */
export function ranked(asked: readonly string[], quotable: readonly Quotable[]): Quotable[] {
  const shares = supports(
    asked,
    quotable.map(({ stems }) => stems),
  );
  return quotable
    .map((sentence, index) => ({ sentence, support: shares[index] ?? 0 }))
    .filter(({ support }) => support >= leastSupport)
    .map(({ sentence, support }) => ({
      sentence,
      score: support + nearness[sentence.by] + (sentence.text.startsWith("I ") ? 0.1 : 0),
    }))
    .sort((a, b) => b.score - a.score)
    .map(({ sentence }) => sentence);
}

/** A sentence and, while it is short, the next one of its paragraph, put as whose words they are. */
function put(first: Quotable, quotable: readonly Quotable[], said: string): string {
  const next = quotable[quotable.indexOf(first) + 1];
  const belongs = next?.paragraph === first.paragraph && next.by === first.by && !said.includes(next.text);
  const text =
    belongs && first.text.length + next.text.length < 300 ? `${first.text} ${next.text}` : first.text;
  if (first.by === "writer") return `It is written of me: “${text}”`;
  if (first.by === "other") return `You told me: “${first.text}”`;
  return /[.!?…"”’]$/u.test(text) ? text : `${text}.`;
}

function courtesyFor({ question, name, said }: ReadPrompt): string | undefined {
  const text = question.trim();
  const short = text.split(/\s+/u).length <= 6;
  if (text === "") return "I did not catch that.";
  if (/\b(?:who are you|your name)\b/iu.test(text) && name !== undefined) return `I'm ${name}.`;
  if (short && /^(?:hi|hello|hey|good (?:morning|afternoon|evening|day))\b/iu.test(text))
    return said === "" && name !== undefined ? `Hello. I'm ${name}.` : "Hello.";
  if (short && /^(?:many )?thank/iu.test(text)) return "You're welcome.";
  if (short && /^(?:good ?bye|bye|see you|good ?night|take care)\b/iu.test(text)) return "Goodbye.";
  return undefined;
}

/** The first of these ways that was not used yet. */
const unsaid = (said: string, ways: readonly [string, ...string[]]): string =>
  ways.find((way) => !said.includes(way)) ?? ways[0];
