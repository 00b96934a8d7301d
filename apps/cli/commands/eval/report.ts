import { resolve } from "node:path";
import type { Command } from "commander";
import { type CommandLine, withCommonOptions } from "../../command-line.js";
import { type FailUnder, judge, withFailUnder } from "./fail-under.js";
import { resultsTable } from "./results-table.js";

/** `simulacra eval report DIR`: writes the report of a run again. */
export function registerEvalReport(parent: Command, cli: CommandLine): void {
  withFailUnder(withCommonOptions(parent.command("report")))
    .description("write the report, results.json and CSV files of a run again")
    .argument("<folder>", "folder of the run")
    .action(async (given: string, flags: FailUnder) => {
      const { output } = cli;
      const { writeReport } = await import("../../../../evals/core/report/write-report.js");
      const { report, files, results, failed } = await writeReport(resolve(cli.cwd, given));
      const thresholds = await judge(cli, results, flags.failUnder);
      output.result({ report, files, failed, results, thresholds }, () => {
        output.lines(resultsTable(results, output.paint));
        output.line(`Report: ${report}`);
      });
    });
}
