import type { Command } from "commander";
import type { KnownNumbers } from "../../../../evals/core/analysis/fail-under.js";
import type { RunResults, Value } from "../../../../evals/core/analysis/results.js";
import type { EvaluationOutcome } from "../../../../evals/core/run-evaluation.js";
import type { CommandLine } from "../../command-line.js";
import { exitCode } from "../../exit-code.js";
import { abortOnInterrupt } from "../../interrupts.js";
import { fileTracer, traceOption } from "../../talk-options.js";
import { callbacksDone } from "../../traces.js";
import { checkThresholds, type FailUnder, judge, withFailUnder } from "./fail-under.js";
import { LiveProgress } from "./live-progress.js";
import { showPlan } from "./plan-view.js";
import { resultsTable } from "./results-table.js";
import { evaluationOptions, type RunFlags, withRunOptions } from "./run-options.js";

interface Flags extends RunFlags, FailUnder {
  dryRun?: boolean;
  trace?: string;
}

/** `simulacra eval run <instrument…> --out DIR`: measures, or goes on measuring, and writes the report. */
export function registerEvalRun(parent: Command, cli: CommandLine): void {
  withFailUnder(withRunOptions(parent.command("run")))
    .description("put instruments to characters in every method and model, and write a report")
    .option("--dry-run", "say what would be done and what it would take; calls no chat model")
    .option(...traceOption)
    .action(async (instruments: string[], flags: Flags) =>
      flags.dryRun === true ? plan(cli, instruments, flags) : run(cli, instruments, flags),
    );
}

async function plan(cli: CommandLine, instruments: readonly string[], flags: Flags): Promise<void> {
  const { planEvaluation } = await import("../../../../evals/core/plan-evaluation.js");
  const options = await evaluationOptions(cli, instruments, flags);
  const planned = await planEvaluation(options);
  if (planned.problems.length > 0) cli.exitCode = exitCode.usage;
  else await checkThresholds(options, flags.failUnder);
  cli.output.result(planned, () => showPlan(planned, cli.output));
}

async function run(cli: CommandLine, instruments: readonly string[], flags: Flags): Promise<void> {
  const { output } = cli;
  const { runEvaluation } = await import("../../../../evals/core/run-evaluation.js");
  const options = await evaluationOptions(cli, instruments, flags);
  const known = await checkThresholds(options, flags.failUnder);
  const settings = cli.settings(flags);
  if (flags.models?.every((model) => model === "offline") ?? true)
    await cli.noteOfflineModel(flags.models ? { ...settings, model: "offline" } : settings);
  const tracer = await fileTracer(cli, flags.trace, async () => {
    const { charactersOf } = await import("../../../../evals/core/prepare-evaluation.js");
    const { fullOptions } = await import("../../../../evals/core/evaluation-options.js");
    return charactersOf(fullOptions(options));
  });
  const progress = new LiveProgress(output);
  const { signal, release } = abortOnInterrupt();
  let outcome: EvaluationOutcome;
  try {
    outcome = await runEvaluation({
      ...options,
      ...(tracer && { callbacks: [tracer] }),
      signal,
      onProgress: (each) => progress.update(each),
    });
  } finally {
    progress.finish();
    release();
    if (tracer) await callbacksDone();
    tracer?.close();
  }
  await conclude(cli, outcome, flags, known);
}

/** What was found, where it lies, and how it ended. */
async function conclude(
  cli: CommandLine,
  outcome: EvaluationOutcome,
  flags: Flags,
  known?: readonly KnownNumbers[],
): Promise<void> {
  const { output } = cli;
  const { folder, stopped } = outcome;
  if (stopped === "interrupted") {
    cli.exitCode = exitCode.broken;
    output.result({ ...outcome, report: null, results: null }, () => {});
    output.warn(
      `Stopped. ${outcome.settled + outcome.made} of ${outcome.planned} items are kept; the same command goes on. For a report of what is there: simulacra eval report ${folder}`,
    );
    return;
  }
  const { writeReport } = await import("../../../../evals/core/report/write-report.js");
  const { report, results, failed } = await writeReport(folder, { errorLimit: flags.errorRate });
  const thresholds = await judge(cli, results, flags.failUnder, known);
  output.result({ ...outcome, failed, report, results, thresholds }, () =>
    show(cli, outcome, results, report),
  );
  if (stopped !== null) output.warn(`${stopped} The same command goes on.`);
  if (!failed) return;
  cli.exitCode = exitCode.broken;
  const shares = results.instruments
    .filter((each) => each.failed)
    .map(({ instrument, errorRate }) => `${instrument.name} ${percent(errorRate)}`);
  output.warn(
    `The run has failed: of the items ended in error ${shares.join(", ")}, more than ${percent(flags.errorRate)}. The report shows why; the same command puts them again.`,
  );
}

const percent = (share: Value): string =>
  typeof share === "number" ? `${Number((100 * share).toFixed(1))} %` : "–";

function show(cli: CommandLine, outcome: EvaluationOutcome, results: RunResults, report: string): void {
  const { output } = cli;
  output.lines(resultsTable(results, output.paint));
  const { planned, settled, made, spent } = outcome;
  output.line(`${planned} items: ${settled} were there, ${made} put now with ${spent.calls} model calls.`);
  output.line(`Report: ${report}`);
}
