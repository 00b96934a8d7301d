import type { Command } from "commander";
import { resolveSettings, type SettingFlags, type Settings } from "../hosting/settings.js";
import type { Door } from "./door.js";
import { type ExitCode, exitCode } from "./exit-code.js";
import type { Output } from "./output.js";

/** What surrounds one run of the command line; a test passes its own. */
export interface Surroundings {
  stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  output: Output;
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Opens a simulacrum; loaded when a command needs it. */
  door: Door;
}

/** One run of the command line: what every command gets, and the exit code it may set. */
export class CommandLine {
  exitCode: ExitCode = exitCode.done;

  constructor(readonly surroundings: Surroundings) {}

  get output(): Output {
    return this.surroundings.output;
  }

  get cwd(): string {
    return this.surroundings.cwd;
  }

  settings(flags: SettingFlags): Settings {
    return resolveSettings(flags, this.surroundings.cwd, this.surroundings.env);
  }

  /** Whether a person can be asked something. */
  get canAsk(): boolean {
    return this.surroundings.stdin.isTTY === true && this.output.stderr.isTTY === true;
  }
}

/** Adds the options of every command. */
export function withCommonOptions(command: Command): Command {
  return command
    .option("--home <folder>", "folder of everything stored (default: SIMULACRA_HOME or .simulacra)")
    .option("--json", "write exactly one JSON document to stdout, everything else to stderr");
}

/** Adds the options of every command that embeds text. */
export function withEmbeddingOptions(command: Command): Command {
  return command
    .option(
      "--embeddings <name>",
      'embedding model: "energetic", "lexical", "openai:NAME", "transformers:NAME"',
    )
    .option("--reembed", "compute stored embeddings again where they come from another model");
}
