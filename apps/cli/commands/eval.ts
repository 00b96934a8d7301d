import type { Command } from "commander";
import type { CommandLine } from "../command-line.js";
import { registerEvalSimbench } from "./eval/simbench.js";

/** `simulacra eval …`: measures simulacra and models with instruments. */
export function registerEval(program: Command, cli: CommandLine): void {
  const parent = program.command("eval").description("measure how well people were brought to life");
  registerEvalSimbench(parent, cli);
}
