import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { Baseline, BaselineResult } from "../../../../evals/simbench/baselines.js";
import type { Part } from "../../../../evals/simbench/breakdown.js";
import { type CommandLine, withCommonOptions } from "../../command-line.js";
import { table } from "../../table.js";

interface SimbenchFlags {
  data: string;
  baseline: Baseline;
}

/** `simulacra eval simbench --data FILE --baseline NAME`: how an answer that knows nothing scores on a SimBench file. */
export function registerEvalSimbench(parent: Command, cli: CommandLine): void {
  withCommonOptions(parent.command("simbench"))
    .description(
      "score a baseline on your copy of a SimBench file, and what chance alone takes from a perfect answer",
    )
    .requiredOption("--data <file>", "SimBench file, one JSON a line (not part of this package)")
    .addOption(
      new Option(
        "--baseline <name>",
        "the same weight everywhere, the first option, 1, 2, 3 … by place, or the people's answer",
      )
        .choices(["uniform", "first", "linear", "human"])
        .makeOptionMandatory(),
    )
    .action(async ({ data, baseline }: SimbenchFlags) => {
      const { scoreBaseline } = await import("../../../../evals/simbench/baselines.js");
      const result = await scoreBaseline(resolve(cli.cwd, data), baseline);
      cli.output.result(result, () => print(result, cli));
    });
}

function print(result: BaselineResult, { output }: CommandLine): void {
  const { noiseFloor, bootstrap } = result;
  output.line(
    `${result.baseline}: ${points(result.score)} ${interval(result.interval)}, ${result.scored} of ${result.cases} cases scored`,
  );
  for (const [reason, count] of Object.entries(result.leftOut))
    output.line(`  left out: ${count} (${reason})`);
  output.line(
    `The people themselves, asked again: ${points(noiseFloor.score)} expected over ${noiseFloor.cases} cases; for ${noiseFloor.sizeUnknown} the file does not say how many answered.`,
  );
  section("data set", result.byDataSet);
  section("entropy of the human answer", result.byEntropy);
  section("groups differ by", result.byVariable);
  output.line();
  output.line(
    `Intervals: 95 %, ${bootstrap.resamples} resamples of ${bootstrap.clusters}. Single groups: --json.`,
  );

  function section(title: string, parts: readonly Part[]): void {
    if (parts.length === 0) return;
    output.line();
    const rows = parts.map((part) => [
      part.name,
      String(part.scored),
      points(part.score),
      interval(part.interval),
      points(part.noiseFloor),
    ]);
    output.lines(table([[title, "cases", "score", "95 % interval", "noise floor"], ...rows]));
  }
}

// -0.0004 is shown as 0.000.
const points = (value: number | null): string =>
  value === null ? "none" : value.toFixed(3).replace(/^-(0\.0+)$/u, "$1");

const interval = (limits: Part["interval"]): string =>
  limits === null ? "" : `[${points(limits[0])}, ${points(limits[1])}]`;
