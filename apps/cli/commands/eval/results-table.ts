import type { RunResults, Value } from "../../../../evals/core/analysis/results.js";
import { leftOutText } from "../../../../evals/core/report/numbers.js";
import type { Paint } from "../../output.js";
import { table } from "../../table.js";

/** Every measure by condition: mean, interval, n and what was left out. */
export function resultsTable({ instruments }: RunResults, paint: Paint): string[] {
  return instruments.flatMap(({ instrument, conditions, measures }) => {
    const labels = new Map(conditions.map(({ id, label }) => [id, label]));
    const notes = measures.some((measure) =>
      measure.conditions.some(({ intervalBy }) => intervalBy === "wilson"),
    )
      ? [paint.dim("Wilson: all answers were alike; this interval takes each as independent of the others.")]
      : [];
    const rows = measures.flatMap((measure) =>
      measure.conditions.map(({ condition, mean, interval, intervalBy, n, characters, leftOut }, at) => [
        at === 0 ? `${measure.title} (${measure.unit})` : "",
        labels.get(condition) ?? condition,
        shown(mean),
        Array.isArray(interval)
          ? `[${interval.map(figure).join(", ")}]${intervalBy === "wilson" ? " Wilson" : ""}`
          : "–",
        `${n} of ${characters} ${measure.cluster}${characters === 1 ? "" : "s"}`,
        leftOutText(leftOut) || "–",
      ]),
    );
    const [header = "", ...lines] = table([["MEASURE", "", "MEAN", "95 %", "N", "LEFT OUT"], ...rows]);
    return [paint.bold(instrument.title), paint.dim(header), ...lines, ...notes, ""];
  });
}

/** Unknown is not zero. */
const shown = (value: Value): string => (typeof value === "number" ? figure(value) : "–");
const figure = (value: number): string => value.toFixed(2);
