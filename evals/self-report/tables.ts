import type { Sample, Table } from "../core/contract.js";
import { groupBy } from "../core/group-by.js";
import { type FilledIn, filledIn } from "./filled-in.js";

/** The table of the paper (Xie et al. 2025, table 2), for every character and condition. */
export function tables(samples: readonly Sample[]): Table[] {
  const groups = groupBy(samples, ({ character, condition }) => JSON.stringify([character, condition]));
  return [
    {
      id: "by-character",
      title: "Self report by character",
      columns: [
        { id: "character", title: "character" },
        { id: "method", title: "method" },
        { id: "model", title: "model" },
        { id: "framing", title: "framing" },
        { id: "questionnaires", title: "questionnaires" },
        { id: "cloze", title: "cloze" },
        { id: "single", title: "single choice" },
        { id: "multiple", title: "multiple choice" },
        { id: "sum", title: "sum" },
        { id: "published", title: "sum, published scoring" },
        { id: "guessed", title: "by guessing" },
        { id: "of", title: "of" },
        { id: "refused", title: "refused" },
        { id: "unparsable", title: "unreadable" },
        { id: "error", title: "in error" },
      ],
      rows: [...groups.values()].map(rowOf),
      note: "Means over the questionnaires that are complete. A refused or unreadable item counts as 0 points in a sum; a questionnaire with an item in error has no sum until that item is run again.",
    },
  ];
}

function rowOf(samples: readonly Sample[]): Table["rows"][number] {
  const all = filledIn(samples);
  const complete = all.filter(({ points }) => typeof points === "number");
  const mean = (value: (of: FilledIn) => number) =>
    complete.length === 0 ? null : complete.reduce((sum, of) => sum + value(of), 0) / complete.length;
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
