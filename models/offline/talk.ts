import { affectOf } from "./affect.js";
import { gist } from "./gist.js";
import type { ReadPrompt, Sentence } from "./read-prompt.js";
import { Relevance, type Scored } from "./relevance.js";
import { lowerFirst, sayable } from "./sayable.js";
import { finished, normalised } from "./sentences.js";
import { asksWhetherHuman, smallTalk, truthAboutBeing, unsaid } from "./small-talk.js";
import { contentStems, wordsOf } from "./words.js";

/** Least share of the question's weight that the best sentence must hold for an answer. */
export const leastSupport = 0.3;
const longestAnswer = 70;

const asksAboutPast = (question: string): boolean =>
  /\b(?:remember|recall|did|was|were|when|had|used to|last|ago|yesterday|child|young|grew)\b/i.test(question);
const isQuestion = (text: string): boolean =>
  text.includes("?") ||
  /^(?:who|what|when|where|why|how|which|do|does|did|are|is|was|were|have|has|can|could|would|will|tell|describe|explain|talk)\b/i.test(
    text.trim(),
  );
const asksOpenly = (question: string): boolean =>
  /\b(?:tell me (?:more|about (?:you|your life|yourself)|something)|about yourself|(?:about|of|with|is) your (?:life|story|days?)|what(?:['’]s| is) on your mind|go on|and then|introduce yourself)\b/i.test(
    question,
  );
const asksAboutAsker = (question: string): boolean =>
  /\b(?:my|did I|do I|am I|I (?:said|told|mentioned)|about me)\b/i.test(question);

/** What the other said of themself, turned to "you". */
function toSecondPerson(text: string): string {
  const turned = text
    .replace(/\bI['’]m\b/g, "you're")
    .replace(/\bI am\b/g, "you are")
    .replace(/\bI was\b/g, "you were")
    .replace(/\bI['’]ve\b/g, "you've")
    .replace(/\bI\b/g, "you")
    .replace(/\bmyself\b/gi, "yourself")
    .replace(/\bmy\b/gi, "your")
    .replace(/\bmine\b/gi, "yours")
    .replace(/\bme\b/gi, "you");
  return `You told me ${lowerFirst(turned.charAt(0).toLowerCase() + turned.slice(1))}`;
}

/** Share of the question from which a sentence is worth saying again. */
const worthRepeating = 0.55;

/** Begins what happened at another time. */
const anotherTime = /^(?:In|On|By|Since|From|Until)\b[^,.]{0,40}\b\d{4}\b/;

/**
 * One to three sentences: the best one not said yet, and what follows it where that belongs to it. Where only what was
 * said already answers the question, it is said to be so.
 */
function compose(
  ranked: readonly Scored[],
  sentences: readonly Sentence[],
  prompt: ReadPrompt,
): string | undefined {
  const fresh = (sentence: Sentence): boolean => !prompt.said.includes(normalised(sentence.text));
  const [first] = ranked;
  const best = ranked.find(({ sentence }) => fresh(sentence));
  if (
    first &&
    !fresh(first.sentence) &&
    first.support >= worthRepeating &&
    (best?.support ?? 0) < first.support * 0.8
  ) {
    return `As I said, ${first.sentence.text.startsWith("I") ? first.sentence.text : lowerFirst(first.sentence.text)}`;
  }
  if (!best) return undefined;
  const chosen = [best.sentence];
  const length = (): number => chosen.reduce((sum, one) => sum + wordsOf(one.text).length, 0);
  const supportOf = new Map(ranked.map(({ sentence, support }) => [sentence, support]));
  const next = sentences[sentences.indexOf(best.sentence) + 1];
  const belongs =
    next?.paragraph === best.sentence.paragraph &&
    next.fact === undefined &&
    !anotherTime.test(next.text) &&
    (best.sentence.told || (supportOf.get(next) ?? 0) > 0.2);
  if (next && belongs && fresh(next) && length() + wordsOf(next.text).length <= longestAnswer)
    chosen.push(next);
  const second = ranked.find(
    ({ sentence, support }) =>
      support >= Math.max(0.6, best.support * 0.9) &&
      fresh(sentence) &&
      !chosen.some((one) => alike(one, sentence)),
  );
  if (chosen.length < 3 && second && length() < 40) chosen.push(second.sentence);
  return chosen.map(({ text }) => finished(text)).join(" ");
}

/** Whether two sentences say nearly the same, or are the same. */
function alike(one: Sentence, other: Sentence): boolean {
  const stems = new Set(one.stems);
  const shared = other.stems.filter((stem) => stems.has(stem)).length;
  return one === other || shared >= 0.7 * Math.min(one.stems.length, other.stems.length);
}

/** An answer to an open question, in one to three sentences of the prompt; "I don't know." where nothing in it answers. */
export function talk(prompt: ReadPrompt): string {
  const { question } = prompt;
  if (asksWhetherHuman(question)) return truthAboutBeing(prompt);
  const small = smallTalk(prompt);
  if (small !== undefined) return small;
  const words = wordsOf(question);
  if (words.length > 70 && !isQuestion(question.slice(-200))) return gist(question);
  if (asksAboutAsker(question)) {
    const theirs = prompt.sentences.filter(
      (sentence) => sentence.origin === "human" && !sentence.text.includes("?"),
    );
    const [best] = new Relevance(theirs).rank(question, { prefersI: true });
    if (best && best.support >= leastSupport) return finished(toSecondPerson(best.sentence.text));
  }
  const asksYou = prompt.name !== undefined || /\byou(?:r|rs|rself)?\b/i.test(question);
  const all = sayable(prompt, asksYou);
  if (asksForFeeling(question)) {
    const felt = feelingAbout(prompt, all, new Relevance(all));
    const told = felt.length > 0 ? compose(felt, all, prompt) : undefined;
    if (told !== undefined) return told;
  }
  const sentences = all.filter(({ inner }) => inner !== true);
  const relevance = new Relevance(sentences);
  const vague = contentStems(question).length < 2;
  const also = `${prompt.before} ${prompt.answeredBefore}`;
  const ranked = relevance.rank(question, { prefersI: asksYou, ...(vague && { also }) });
  const least = prompt.nothingFound ? 0.4 : leastSupport;
  const supported = ranked.filter(({ support }) => support >= least);
  if (supported.length > 0 && contentStems(question).length > 0) {
    const answer = compose(supported, sentences, prompt);
    if (answer !== undefined) return answer;
  }
  if (contentStems(question).length === 0 && words.length <= 5) {
    const on = goOn(prompt, sentences);
    if (on !== undefined) return on;
  }
  if (asksOpenly(question) && contentStems(question).length <= 2) {
    const told = compose(salient(sentences), sentences, prompt);
    if (told !== undefined) return told;
  }
  return withoutAnswer(prompt);
}

const invites =
  /\b(?:would you (?:like|come|want|join|care)|will you (?:come|join|go)|do you want to|shall we|let['’]s|come (?:with|along|over)|join (?:me|us))\b/i;

/** What is said where the prompt holds no answer: to a statement, an invitation, about the past, about anything else. */
function withoutAnswer(prompt: ReadPrompt): string {
  const { question } = prompt;
  if (invites.test(question))
    return unsaid(prompt, ["Perhaps. I would have to think about that.", "I can't say yet."]);
  if (!isQuestion(question)) {
    return unsaid(prompt, [
      "I hear you. Tell me more about that.",
      "I see. And then?",
      "Go on, I'm listening.",
    ]);
  }
  if (asksAboutPast(question) || (prompt.nothingFound && /\byour?\b/i.test(question))) {
    return unsaid(prompt, [
      "I don't remember that.",
      "No, that does not come back to me.",
      "I can't remember.",
    ]);
  }
  return unsaid(prompt, ["I don't know.", "I couldn't say.", "That I don't know."]);
}

/** What stands after what was said last, in the same account. */
function goOn(prompt: ReadPrompt, sentences: readonly Sentence[]): string | undefined {
  const at = sentences.findLastIndex(
    (sentence) => sentence.stems.length > 0 && prompt.answeredBefore.includes(sentence.text),
  );
  const next = sentences[at + 1];
  const follows =
    at >= 0 &&
    next !== undefined &&
    next.firstPerson &&
    next.paragraph - (sentences[at]?.paragraph ?? 0) <= 1;
  return follows && !prompt.said.includes(normalised(next.text)) ? finished(next.text) : undefined;
}

const asksForFeeling = (question: string): boolean =>
  /\bfeel(?:ing|ings)?\b|\bfelt\b|\bemotions?\b/i.test(question);

const saysSo = (text: string): number => (asksForFeeling(text) ? 0.4 : 0);

/** First-person sentences with a feeling in them, by what is asked and what was just said. */
function feelingAbout(prompt: ReadPrompt, sentences: readonly Sentence[], relevance: Relevance): Scored[] {
  const just = sentences.find((sentence) => prompt.answeredBefore.includes(sentence.text));
  return relevance
    .rank(prompt.question, { prefersI: true, also: prompt.answeredBefore })
    .filter(({ sentence }) => sentence.firstPerson && affectOf(sentence.text).words > 0)
    .map((scored) => {
      const near = just ? Math.max(0, 1 - Math.abs(scored.sentence.paragraph - just.paragraph) / 4) : 0;
      return {
        ...scored,
        score: scored.score + near + saysSo(scored.sentence.text),
        support: Math.min(scored.support + near, 0.5),
      };
    })
    .filter(({ score }) => score > 0.2)
    .sort((a, b) => b.score - a.score);
}

/** First-person sentences by how much of the rest of the prompt they speak to; facts after told sentences. */
function salient(sentences: readonly Sentence[]): Scored[] {
  const relevance = new Relevance(sentences);
  return sentences
    .filter((sentence) => sentence.firstPerson && sentence.stems.length >= 3)
    .map((sentence) => {
      const mean =
        sentence.stems.reduce((sum, stem) => sum + relevance.weight(stem), 0) / sentence.stems.length;
      return {
        sentence,
        support: 0,
        score: 1 / mean + (sentence.position === 0 ? 0.1 : 0) - (sentence.fact ? 0.5 : 0),
      };
    })
    .sort((a, b) => b.score - a.score);
}
