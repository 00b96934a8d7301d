import {
  columnsOf,
  type Measure,
  type MeasuredUnit,
  type Sample,
  statusCounts,
  type Table,
} from "../core/contract.js";
import { groupBy } from "../core/grouping.js";
import { meanOrNull } from "../core/statistics/values.js";
import { guessedPoints, publishedPoints } from "./points.js";
import { mostPoints, type QuestionData, type QuestionKind } from "./questions.js";

/** A questionnaire as one character filled it in once. */
export interface FilledIn {
  character: string;
  repeat: number;
  /** Points, refused and unparsable items as 0; or why there is no sum. */
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
  const counts = statusCounts(samples);
  const byKind = { cloze: 0, single: 0, multiple: 0 };
  let published = 0;
  let guessed = 0;
  for (const sample of samples) {
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
function shareOfPoints(sample: Sample): number | { leftOut: string } {
  const question = questionOf(sample);
  if (sample.status !== "answered" || !question) return { leftOut: sample.status };
  return (sample.scores?.points ?? 0) / mostPoints(question);
}

/** Unit of the sums; the paper's questionnaire has 50 points, one of your own may have others. */
const unit = "points of a questionnaire (50 in the paper)";

const guessing = (samples: readonly Sample[]) => {
  const complete = filledIn(samples).filter(({ points }) => typeof points === "number");
  const value = meanOrNull(complete.map(({ guessed }) => guessed));
  return value === null ? [] : [{ label: "random guessing", value }];
};

/** One unit a questionnaire. */
const unitsOf =
  (value: (of: FilledIn) => MeasuredUnit["value"]) =>
  (samples: readonly Sample[]): MeasuredUnit[] =>
    filledIn(samples).map((of) => ({
      character: of.character,
      item: "",
      repeat: of.repeat,
      value: value(of),
    }));

export const measures: readonly Measure[] = [
  {
    id: "points",
    title: "Self report, corrected scoring",
    unit,
    better: "higher",
    references: guessing,
    units: unitsOf(({ points }) => points),
  },
  {
    id: "published",
    title: "Self report, published scoring",
    unit,
    better: "higher",
    references: guessing,
    units: unitsOf(({ published }) => published),
  },
  {
    id: "share",
    title: "Points of the answered items",
    unit: "share of the points an item can earn",
    better: "higher",
    units: (samples) =>
      samples.map((sample) => {
        const { character, item, repeat } = sample;
        return { character, item, repeat, value: shareOfPoints(sample) };
      }),
  },
];

/** The table of the paper (Xie et al. 2025, table 2), for every character and condition. */
export function tables(samples: readonly Sample[]): Table[] {
  const groups = groupBy(samples, ({ character, condition }) => JSON.stringify([character, condition]));
  return [
    {
      id: "by-character",
      title: "Self report by character",
      columns: columnsOf(
        "character; method; model; framing; questionnaires; cloze; single: single choice; multiple: multiple choice; sum; published: sum, published scoring; guessed: by guessing; of; refused; unparsable; error: in error",
      ),
      rows: [...groups.values()].map(rowOf),
      note: "Means over the questionnaires that are complete. A refused or unparsable item counts as 0 points in a sum; a questionnaire with an item in error has no sum until that item is run again.",
    },
  ];
}

function rowOf(samples: readonly Sample[]): Table["rows"][number] {
  const all = filledIn(samples);
  const complete = all.filter(({ points }) => typeof points === "number");
  const mean = (value: (of: FilledIn) => number) => meanOrNull(complete.map(value));
  const counted = (status: Sample["status"]) => all.reduce((sum, { counts }) => sum + counts[status], 0);
  const [first] = samples;
  return {
    character: first?.character ?? null,
    method: first?.condition.method ?? null,
    model: first?.condition.model ?? null,
    framing: first?.condition.framing ?? null,
    questionnaires: complete.length,
    cloze: mean(({ byKind }) => byKind.cloze),
    single: mean(({ byKind }) => byKind.single),
    multiple: mean(({ byKind }) => byKind.multiple),
    sum: mean(({ points }) => Number(points)),
    published: mean(({ published }) => Number(published)),
    guessed: mean(({ guessed }) => guessed),
    of: complete[0]?.pointsInAll ?? null,
    refused: counted("refused"),
    unparsable: counted("unparsable"),
    error: counted("error") + counted("skipped"),
  };
}
