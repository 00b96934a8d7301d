import { resolve } from "node:path";
import type { Command } from "commander";
import { statusNames } from "../../../../evals/core/contract.js";
import { type CommandLine, withCommonOptions } from "../../command-line.js";
import { resultsTable } from "./results-table.js";

/** `simulacra eval score DIR`: reads and scores stored replies again. */
export function registerEvalScore(parent: Command, cli: CommandLine): void {
  withCommonOptions(parent.command("score"))
    .description(
      "read and score the stored replies of a run again, with no model, and write its report again",
    )
    .argument("<folder>", "folder of the run")
    .action(async (given: string) => {
      const { output } = cli;
      const folder = resolve(cli.cwd, given);
      const { rescoreRun } = await import("../../../../evals/core/rescore.js");
      const { writeReport } = await import("../../../../evals/core/report/write-report.js");
      const rescored = await rescoreRun(folder);
      const { report, results } = await writeReport(folder);
      output.result({ folder, ...rescored, report, results }, () => {
        output.lines(resultsTable(results, output.paint));
        output.line(`${rescored.read} replies read again, ${rescored.changed} changed.`);
        for (const [change, count] of Object.entries(rescored.statuses))
          output.line(`  ${count}: ${change.replaceAll("unparsable", statusNames.unparsable)}`);
        for (const { instrument, item, before, after } of rescored.examples)
          output.line(`  ${instrument} ${item}: ${before} became ${after}`);
        output.line(`Report: ${report}`);
      });
    });
}
