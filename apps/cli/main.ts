#!/usr/bin/env node
import { packageVersion } from "../../data/package-version.js";
import { loadDotenv } from "../hosting/settings.js";
import { CommandLine } from "./command-line.js";
import { exitCode, reportFailure } from "./exit-code.js";
import { outliveReaders } from "./gone-readers.js";
import { Output } from "./output.js";
import { createProgram } from "./program.js";
import { flushTraces, prepareTraces } from "./traces.js";

/** Runs the command line of this process and gives its exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { env } = process;
  loadDotenv(process.cwd(), env);
  const json = args.slice(0, args.includes("--") ? args.indexOf("--") : args.length).includes("--json");
  const output = new Output(process.stdout, process.stderr, env, json);
  outliveReaders(process, output, () => process.exit(exitCode.broken));
  const cli = new CommandLine({
    stdin: process.stdin,
    output,
    cwd: process.cwd(),
    env,
    // Most of the start-up time of the process is LangChain.
    createSimulacrum: async (options) =>
      (await import("../../graphs/simulacrum/simulacrum.js")).createSimulacrum(options),
  });
  // A write that fails behind a graph's back (a full disk) is reported as every failure is, and ends the process.
  process.once("unhandledRejection", (error) => {
    const code = reportFailure(error, output);
    process.stdout.write("", () => process.exit(code));
  });
  try {
    await prepareTraces(env, output);
    await createProgram(cli, await packageVersion()).parseAsync(args, { from: "user" });
    return cli.exitCode;
  } catch (error) {
    return reportFailure(error, output);
  } finally {
    await flushTraces(env);
  }
}

main(process.argv.slice(2)).then(
  // Everything is stored and closed; connections that a model client keeps open must not keep the process alive.
  (code) => process.stdout.write("", () => process.exit(code)),
  () => process.exit(exitCode.broken),
);
