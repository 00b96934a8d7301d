import { columnsOf, type Sample, type Table } from "../core/contract.js";
import { groupBy } from "../core/grouping.js";
import { meanOrNull } from "../core/statistics/values.js";
import { type AnsweredCase, answeredCases } from "./answered-cases.js";
import { byDataset, byEntropy, byGroup, byVariable, type Part, partOf, RESAMPLES } from "./breakdown.js";

type Row = Table["rows"][number];

/** One condition with its cases. */
interface Answers {
  /** The columns that name it. */
  names: { method: string; model: string; framing: string };
  cases: AnsweredCase[];
}

const note = `Means over cases with 95 % intervals (bootstrap, ${RESAMPLES} resamples of data sets and then of their cases; within one data set of its cases). The noise floor is the score to expect of the people themselves, were as many drawn again from their own answers, over the cases that say how many they were.`;

/** The score by what tells cases apart, for every condition. */
export function tables(samples: readonly Sample[]): Table[] {
  const groups = groupBy(samples, ({ condition }) => JSON.stringify(condition));
  const conditions = [...groups.values()].map((own) => ({
    names: {
      method: own[0]?.condition.method ?? "",
      model: own[0]?.condition.model ?? "",
      framing: own[0]?.condition.framing ?? "",
    },
    cases: answeredCases(own),
  }));
  return [
    summary(conditions),
    broken(conditions, { id: "by-dataset", title: "By data set", of: "data set", parts: byDataset }),
    broken(conditions, {
      id: "by-entropy",
      title: "By how far people disagree",
      of: "normalised entropy",
      parts: byEntropy,
      note: "Normalised entropy of the people's answer: 0 where all agree, 1 where every option is equally frequent.",
    }),
    broken(conditions, {
      id: "by-variable",
      title: "By what the groups have in common",
      of: "variable",
      parts: byVariable,
      note: "Variables under the names of the file; a case of two variables counts with both.",
    }),
    broken(conditions, { id: "by-group", title: "By group", of: "group", parts: byGroup }),
  ].filter(({ rows }) => rows.length > 0);
}

const shared = columnsOf("method: way or method; model; framing");
const numbers = columnsOf(
  "cases; scored; score; low: from; high: to; distance: total variation; floor: noise floor",
);

const cells = ({ cases, scored, score, interval, distance, noiseFloor }: Part): Row => ({
  cases,
  scored,
  score,
  low: interval?.[0] ?? null,
  high: interval?.[1] ?? null,
  distance,
  floor: noiseFloor,
});

function broken(
  conditions: readonly Answers[],
  wanted: {
    id: string;
    title: string;
    of: string;
    parts: (cases: readonly AnsweredCase[]) => Part[];
    note?: string;
  },
): Table {
  return {
    id: wanted.id,
    title: `SimBench: ${wanted.title.toLowerCase()}`,
    columns: [...shared, { id: "name", title: wanted.of }, ...numbers],
    rows: conditions.flatMap(({ names, cases }) =>
      wanted.parts(cases).map((part) => ({ ...names, name: part.name, ...cells(part) })),
    ),
    note: wanted.note === undefined ? note : `${wanted.note} ${note}`,
  };
}

function summary(conditions: readonly Answers[]): Table {
  return {
    id: "summary",
    title: "SimBench",
    columns: [
      ...shared,
      ...numbers,
      ...columnsOf(
        "published: score, published arithmetic; publishedCases: scored, published arithmetic; people: answers a case; covered: chance on options; refused; unparsable; error: in error",
      ),
    ],
    rows: conditions.map(({ names, cases }) => {
      const counted = (status: Sample["status"]) =>
        cases.reduce((sum, { counts }) => sum + counts[status], 0);
      const scored = cases.filter(({ score }) => typeof score === "number");
      const published = cases.flatMap((each) => (typeof each.published === "number" ? [each.published] : []));
      return {
        ...names,
        ...cells(partOf("all", cases)),
        published: meanOrNull(published),
        publishedCases: published.length,
        people: meanOrNull(scored.map(({ answered }) => answered)),
        covered: meanOrNull(scored.flatMap(({ covered }) => covered ?? [])),
        refused: counted("refused"),
        unparsable: counted("unparsable"),
        error: counted("error") + counted("skipped"),
      };
    }),
    note: `${note} Refused and unparsable answers leave and are counted here, one a person. The published arithmetic differs only where an answer or a case gives no weight to tell. “Chance on options”: how much of the first token's probability named an option at all, where it was read.`,
  };
}
