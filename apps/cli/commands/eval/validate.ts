import type { Command } from "commander";
import type { CommandLine } from "../../command-line.js";
import { exitCode } from "../../exit-code.js";
import { showPlan } from "./plan-view.js";
import { evaluationOptions, type RunFlags, withRunOptions } from "./run-options.js";

/** `simulacra eval validate <instrument…> --out DIR`: whether a run could begin. */
export function registerEvalValidate(parent: Command, cli: CommandLine): void {
  withRunOptions(parent.command("validate"))
    .description("check data, prompts, models, keys and folder of a run before anything is spent")
    .action(async (instruments: string[], flags: RunFlags) => {
      const { planEvaluation } = await import("../../../../evals/core/plan-evaluation.js");
      const plan = await planEvaluation(await evaluationOptions(cli, instruments, flags));
      const { problems } = plan;
      if (problems.length > 0) cli.exitCode = exitCode.usage;
      cli.output.result({ valid: problems.length === 0, problems }, () => {
        if (problems.length > 0) showPlan(plan, cli.output);
        else
          cli.output.line("Nothing stands in the way: data, prompts, models, keys and folder are in order.");
      });
    });
}
