import type { Candidate } from "../backends/memory-store.js";
import { isQuestion, sentencesOf } from "./question-share.js";
import { terms } from "./terms.js";

/** Fewest telling words of a sentence's own from which it tells something, though it takes up the words of the question. */
const TELLS_FROM = 2;
/** Who asks so tells by the way: "Do you remember my daughter Wren?" */
const presumes = /\b(?:my|our|mine|ours)\b|\b(?:know|remember|tell you|told you) that I\b/iu;
/** "Mia asked me about Odile" tells nothing of Odile. */
const asked = /\b(?:asked?|wonder(?:s|ed)?|wanted to know|inquired)\b/iu;
/** Ways of saying that one does not know: what is not known is named in them all the same. */
const denials = [
  /\b(?:do|can|could|did|have|had|would|was|is|am|are)(?:n['’]t|\s?not)\b[^.!?]{0,40}\b(?:know|knew|remember|recall|place|placed|recogni[sz]e|heard?|hear|met|mind|tell|say|sure|certain|familiar|aware|anybody|anyone|name)\b/iu,
  /\bnever\b[^.!?]{0,20}\b(?:heard|met|knew|known|came across|come across|seen)\b/iu,
  /\b(?:no idea|no memory|no notion|no recollection|not sure|means? nothing|rings? no bell|nobody (?:of|by|I|called)|no one (?:of|by|I|called)|escapes me|couldn['’]t say|beats me|unknown to me|doubt)\b/iu,
  /\b(?:kenne|kannte|weiß|wüsste|erinnere)\b[^.!?]*\b(?:nicht|kein\p{L}*|nie\p{L}*)\b|\bkeine Ahnung\b|\bnie (?:gehört|getroffen)\b/iu,
  /\bn[e'’]\s?(?:me |m['’]en |l[ea] )?(?:sais|connais|connaissais|souviens|rappelle)\b|\bjamais (?:entendu|rencontré|connu)\b|\baucune idée\b/iu,
  /\bno (?:lo |la |me |te )*(?:sé|conozco|conocí|recuerdo|acuerdo)\b|\bnunca (?:he )?(?:oído|conocí|conocido)\b|\bni idea\b/iu,
  /不知道|不认识|不認識|不记得|不記得|没听说|沒聽說|想不起|知らな|知りません|覚えてい(?:な|ませ)|聞いたことが(?:な|ありませ)/u,
];
const denies = (text: string): boolean => denials.some((denial) => denial.test(text));

const known = new WeakMap<object, readonly string[]>();

/**
 * The terms by which a memory of a talk can be evidence: what somebody asked is no answer to it, nor is the answer's echo
 * of the question, nor that one does not know. Everything else, the life story above all, speaks with all its words.
 * @param self name of the one who remembers, whose lines are the answers
 */
export function evidenceTerms({ value, terms: all }: Candidate, self: string): readonly string[] {
  const { kind, text, speaker } = value;
  if ((kind !== "short" && kind !== "long") || typeof text !== "string" || speaker !== undefined) return all;
  const before = known.get(value);
  if (before) return before;
  const found = kind === "long" ? ofReport(text) : ofExchange(text, self);
  if (Object.isFrozen(value)) known.set(value, found);
  return found;
}

/** What a memory in the character's own words tells. */
const ofReport = (text: string): string[] =>
  sentencesOf(text)
    .filter((each) => !denies(each) && !(isQuestion(each) || asked.test(each)))
    .flatMap((each) => terms(each));

/** What an exchange tells: what was said, and what the answer adds to what was asked. */
function ofExchange(text: string, self: string): string[] {
  const place = text.lastIndexOf(`${self}: `);
  const said = sentencesOf(place < 0 ? text : text.slice(0, place));
  const answer = place < 0 ? [] : sentencesOf(text.slice(place + self.length + 2));
  const onlyAsks = (each: string) => isQuestion(each) && !presumes.test(each);
  const inQuestions = new Set(said.filter(onlyAsks).flatMap((each) => terms(each)));
  const told = said.filter((each) => !onlyAsks(each)).flatMap((each) => terms(each));
  const answered = answer
    .filter((each) => !isQuestion(each) && !denies(each))
    .flatMap((each) => {
      const words = terms(each);
      const fresh = words.filter((word) => !inQuestions.has(word));
      return fresh.length >= TELLS_FROM ? words : fresh;
    });
  return [...told, ...answered];
}

/** Candidates as evidence: each with the evidence of its neighbours, as far as these are candidates themselves. */
export function asEvidence(
  candidates: readonly Candidate[],
  self: string,
): (candidate: Candidate) => Candidate {
  const byPlace = new Map(candidates.map((candidate) => [placeInTalk(candidate.value, 0), candidate]));
  return (candidate) => {
    const own = evidenceTerms(candidate, self);
    if (own === candidate.terms) return candidate;
    const neighbours = candidate.neighbours.map((neighbour) => {
      const near = byPlace.get(placeInTalk(candidate.value, neighbour.offset));
      return near ? { ...neighbour, terms: evidenceTerms(near, self) } : neighbour;
    });
    return { ...candidate, terms: own, neighbours };
  };
}

const placeInTalk = ({ conversation, position }: Record<string, unknown>, offset: number): string =>
  JSON.stringify([conversation, Number(position) + offset]);
