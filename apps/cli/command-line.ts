import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import type { createSimulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { resolveSettings, type SettingFlags, type Settings } from "../hosting/settings.js";
import { type ExitCode, exitCode } from "./exit-code.js";
import type { Output } from "./output.js";

/** What a run of the command line is given; a test passes its own. */
export interface CommandLineOptions {
  stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  output: Output;
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Loaded when a command needs it. */
  createSimulacrum: typeof createSimulacrum;
}

/** One run of the command line: what every command gets, and the exit code it may set. */
export class CommandLine {
  exitCode: ExitCode = exitCode.done;
  readonly stdin;
  readonly output;
  readonly cwd;
  readonly env;
  readonly createSimulacrum;

  constructor(options: CommandLineOptions) {
    this.stdin = options.stdin;
    this.output = options.output;
    this.cwd = options.cwd;
    this.env = options.env;
    this.createSimulacrum = options.createSimulacrum;
  }

  settings(flags: SettingFlags): Settings {
    return resolveSettings(flags, this.cwd, this.env);
  }

  /** Asks whoever sits at the terminal; anything but yes is no. Undefined where nobody can be asked. */
  async confirm(question: string): Promise<boolean | undefined> {
    if (this.stdin.isTTY !== true || this.output.stderr.isTTY !== true) return undefined;
    const output = this.output.stderr as NodeJS.WritableStream;
    const readline = createInterface({ input: this.stdin, output });
    try {
      return isYes(await readline.question(question));
    } finally {
      readline.close();
    }
  }

  /**
   * Where the offline model speaks: says once on stderr what it is and the line that configures a real one, which is
   * that of a model server already running on this machine, if there is one.
   */
  async noteOfflineModel({ model, env }: Pick<Settings, "model" | "env">): Promise<void> {
    const chosen = model === "offline";
    if (model !== undefined && !chosen) return;
    const { detectLocalServers, offlineNotice } = await import("../../models/index.js");
    const servers = chosen ? [] : await detectLocalServers();
    this.output.note(offlineNotice({ keyPresent: Boolean(env.OPENAI_API_KEY), servers, chosen }));
  }
}

export const isYes = (answer: string | undefined): boolean => /^y(es)?$/i.test(answer?.trim() ?? "");

/** Adds the options of every command. */
export function withCommonOptions(command: Command): Command {
  return command
    .option("--home <folder>", "folder of everything stored (default: SIMULACRA_HOME or .simulacra)")
    .option("--json", "write exactly one JSON document to stdout, everything else to stderr");
}

export const embeddingsOption = [
  "--embeddings <name>",
  'embedding model: "energetic", "lexical", "openai:NAME", "transformers:NAME"',
] as const;

/** A command about one character: its options are those of every command that embeds text. */
export function characterCommand(parent: Command, name: string, description: string): Command {
  return withCommonOptions(parent.command(name))
    .description(description)
    .argument(name === "chat" ? "[character]" : "<character>", "id or name")
    .option(...embeddingsOption)
    .option("--reembed", "compute stored embeddings again where they come from another model");
}
