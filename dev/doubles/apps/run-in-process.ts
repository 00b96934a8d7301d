import { Readable } from "node:stream";
import { CommandLine, type CommandLineOptions } from "../../../apps/cli/command-line.js";
import { reportFailure } from "../../../apps/cli/exit-code.js";
import { Output } from "../../../apps/cli/output.js";
import { createProgram } from "../../../apps/cli/program.js";

/** Runs the command line as `main.ts` does, within this process and with nothing of its environment. */
export async function runInProcess(
  args: readonly string[],
  {
    cwd,
    input = "",
    env = {},
    createSimulacrum = () => Promise.reject(new Error("no simulacrum is opened")),
  }: Partial<CommandLineOptions> & { cwd: string; input?: string },
): Promise<{ code: number; out: string; err: string }> {
  const said = { out: "", err: "" };
  const sink = (to: "out" | "err") => ({
    write: (text: string) => {
      said[to] += text;
    },
  });
  const output = new Output(sink("out"), sink("err"), env, args.includes("--json"));
  const stdin = Readable.from(input === "" ? [] : [input]);
  const cli = new CommandLine({ stdin, output, cwd, env, createSimulacrum });
  const code = await createProgram(cli, "0")
    .parseAsync(args, { from: "user" })
    .then(
      () => cli.exitCode,
      (error: unknown) => reportFailure(error, output),
    );
  return { ...said, code };
}
