import type { Candidate } from "../backends/memory-store.js";
import { timeFit } from "./asked-time.js";
import type { RankedMemory, RankingOptions, ScoreParts } from "./contract.js";
import { denseOf } from "./dense.js";
import { addNeighbours, type LexicalQuestion, ownFrequencies } from "./lexical.js";
import { isCalled } from "./people.js";
import { type PriorFields, priorsOf } from "./priors.js";
import type { ReadQuestion } from "./question.js";
import { questionShare } from "./question-share.js";

/** What one question needs to weigh a memory by. */
export interface Scales {
  question: ReadQuestion;
  /** The question's words without its date: for memories that know when they were told. */
  dated: LexicalQuestion;
  /** With the words of the date: a memory that does not know when it was told can only answer for it by its words. */
  undated: LexicalQuestion;
  /** The same two with only those words that count as evidence, where not all of them do. */
  judged: { dated: LexicalQuestion; undated: LexicalQuestion };
  /** A candidate with the words that can be evidence. */
  evidence: (candidate: Candidate) => Candidate;
  meanCosine: number;
  options: RankingOptions;
  /** Importance, recency and mood, where they count. */
  optional: (candidate: Candidate) => Partial<ScoreParts>;
}

export interface WeighedMemory extends RankedMemory {
  /** Lexical score of the memory's own text, where one person is asked about and its speaker is known; else 0. */
  own: number;
  /** Whether the memory may be the asked person's: it is, or nobody knows. */
  ofAsked: boolean;
  /** Share of what was asked that the memory is evidence for. */
  evidence: number;
  /** Cosine above the store's mean, as far as the memory is evidence. */
  meaning?: number;
}

/** One candidate with its score and the parts that it is the sum of (support and whose are evidence, not addends). */
export function weighMemory(candidate: Candidate, scales: Scales): WeighedMemory {
  const { question, options, meanCosine } = scales;
  const fields = readFields(candidate);
  const lexical = fields.at ? scales.dated : scales.undated;
  const spokenByAsked =
    question.asked && fields.speaker !== undefined ? isCalled(question.asked, fields.speaker) : undefined;
  const frequencies = ownFrequencies(candidate, lexical.asked);
  const own = spokenByAsked === undefined ? 0 : toldShare(fields) * lexical.score(frequencies);
  addNeighbours(frequencies, candidate, lexical.asked);
  const parts: ScoreParts = {
    lexical: lexical.score(frequencies),
    dense: denseOf(candidate, meanCosine, options),
    priors: priorsOf(question, fields, spokenByAsked),
    support: lexical.support(frequencies),
    ...scales.optional(candidate),
  };
  const shared = parts.support;
  const telling = scales.evidence(candidate);
  const evidenced = telling === candidate ? frequencies : withNeighbours(telling, lexical.asked);
  if (telling !== candidate) parts.support = lexical.support(evidenced);
  const judged = fields.at ? scales.judged.dated : scales.judged.undated;
  const ofTime = timeSupport(question, fields);
  // An echo of the question is as near to it in meaning as can be.
  const told = shared === 0 ? 1 : parts.support / shared;
  parts.support = Math.max(parts.support, ofTime);
  const addends = [parts.lexical, parts.dense, parts.priors, parts.importance, parts.recency, parts.mood];
  const { namespace, key, value, cosine } = candidate;
  return {
    namespace,
    key,
    value,
    score: addends.reduce<number>((sum, part) => sum + (part ?? 0), 0),
    parts,
    own,
    ofAsked: spokenByAsked !== false,
    evidence: Math.max(judged.support(evidenced), ofTime),
    ...(cosine === undefined ? {} : { meaning: told * (cosine - meanCosine) }),
  };
}

function withNeighbours(candidate: Candidate, asked: ReadonlySet<string>): Map<string, number> {
  const frequencies = ownFrequencies(candidate, asked);
  addNeighbours(frequencies, candidate, asked);
  return frequencies;
}

/** Where a time alone was asked for, what was told then is what was asked for. */
const timeSupport = ({ time, timeOnly }: ReadQuestion, { at }: PriorFields): number =>
  timeOnly && time && at ? timeFit(time, at) : 0;

/** Who asks does not tell: a turn that is all questions counts half as somebody's own fact. */
const toldShare = (fields: PriorFields): number => 1 - 0.5 * fields.questionShare;

const fieldsRead = new WeakMap<object, PriorFields>();

/** The fields of a record that priors look at; a store that gives the same value again has them read once. */
function readFields({ value }: Candidate): PriorFields {
  const known = fieldsRead.get(value);
  if (known) return known;
  const text = typeof value.text === "string" ? value.text : "";
  const at = typeof value.at === "string" ? new Date(value.at) : undefined;
  const fields: PriorFields = {
    text,
    questionShare: questionShare(text),
    ...(typeof value.speaker === "string" ? { speaker: value.speaker } : {}),
    ...(at && !Number.isNaN(at.getTime()) ? { at } : {}),
  };
  // Only what nobody can change is worth remembering.
  if (Object.isFrozen(value)) fieldsRead.set(value, fields);
  return fields;
}
