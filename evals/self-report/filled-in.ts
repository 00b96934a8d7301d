import type { Sample } from "../core/contract.js";
import { groupBy } from "../core/group-by.js";
import { guessedPoints } from "./guessing.js";
import { publishedPoints } from "./points.js";
import { mostPoints, type QuestionData, type QuestionKind } from "./questions.js";

/** A questionnaire as one character filled it in once. */
export interface FilledIn {
  character: string;
  repeat: number;
  /** Points, refused and unreadable items as 0; or why there is no sum. */
  points: number | { leftOut: string };
  /** The same by the published program's reading. */
  published: number | { leftOut: string };
  byKind: Readonly<Record<QuestionKind, number>>;
  pointsInAll: number;
  /** Points that guessing would earn on average. */
  guessed: number;
  counts: Readonly<Record<Sample["status"], number>>;
}

/** What this instrument put into a sample; null for one that was never put. */
export const questionOf = ({ data }: Pick<Sample, "data">): QuestionData | null =>
  data as QuestionData | null;

/** The questionnaires of one condition's samples. A sum with items in error or still open is undefined until they are run. */
export function filledIn(samples: readonly Sample[]): FilledIn[] {
  const groups = groupBy(samples, ({ character, repeat }) => `${character}\n${repeat}`);
  return [...groups.values()].map(sumUp);
}

function sumUp(samples: readonly Sample[]): FilledIn {
  const counts = { answered: 0, refused: 0, unparsable: 0, error: 0, skipped: 0 };
  const byKind = { cloze: 0, single: 0, multiple: 0 };
  let published = 0;
  let guessed = 0;
  for (const sample of samples) {
    counts[sample.status]++;
    const question = questionOf(sample);
    if (!question) continue;
    byKind[question.kind] += sample.scores?.points ?? 0;
    published += publishedPoints(sample.reply ?? "", question);
    guessed += guessedPoints(question);
  }
  const put = samples.map(questionOf).find((question) => question !== null);
  const lacking = counts.error + counts.skipped;
  const leftOut =
    lacking > 0
      ? "error"
      : samples.length < (put?.questions ?? Number.POSITIVE_INFINITY)
        ? "not yet run"
        : null;
  return {
    character: samples[0]?.character ?? "",
    repeat: samples[0]?.repeat ?? 0,
    points: leftOut === null ? byKind.cloze + byKind.single + byKind.multiple : { leftOut },
    published: leftOut === null ? published : { leftOut },
    byKind,
    pointsInAll: put?.pointsInAll ?? 0,
    guessed,
    counts,
  };
}

/** Points of an answered item as a share of what it could earn. */
export function shareOfPoints(sample: Sample): number | { leftOut: string } {
  const question = questionOf(sample);
  if (sample.status !== "answered" || !question) return { leftOut: sample.status };
  return (sample.scores?.points ?? 0) / mostPoints(question);
}
