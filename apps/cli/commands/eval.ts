import type { Command } from "commander";
import type { CommandLine } from "../command-line.js";
import { registerEvalCompare } from "./eval/compare.js";
import { registerEvalList } from "./eval/list.js";
import { registerEvalReport } from "./eval/report.js";
import { registerEvalRun } from "./eval/run.js";
import { registerEvalScore } from "./eval/score.js";
import { registerEvalSimbench } from "./eval/simbench.js";
import { registerEvalValidate } from "./eval/validate.js";

/** `simulacra eval …`: measures simulacra and models with instruments. */
export function registerEval(program: Command, cli: CommandLine): void {
  const parent = program.command("eval").description("measure how well people were brought to life");
  registerEvalRun(parent, cli);
  registerEvalValidate(parent, cli);
  registerEvalScore(parent, cli);
  registerEvalReport(parent, cli);
  registerEvalCompare(parent, cli);
  registerEvalList(parent, cli);
  registerEvalSimbench(parent, cli);
}
