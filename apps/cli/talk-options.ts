import { type Command, Option } from "commander";
import type { Method } from "../../data/character.js";
import { type CommandLine, withCommonOptions, withEmbeddingOptions } from "./command-line.js";
import { idFlag, numberFlag, type SettingFlags } from "./settings.js";

/** Flags of the commands that talk with a simulacrum. */
export interface TalkFlags extends SettingFlags {
  method: Method;
  wiring: "drawn" | "beside";
  reembed?: boolean;
  thread?: string;
  as?: string;
  readOnly?: boolean;
  /** Seconds. */
  timeout?: number;
  trace?: string;
}

/** The method that plays the character. */
export function methodOption(): Option {
  return new Option("--method <method>", "how the character is played")
    .choices(["macm", "rag", "prompt", "blank"])
    .default("macm");
}

/** The wiring of the macm graph. */
export function wiringOption(): Option {
  return new Option("--wiring <wiring>", "order of the agents in macm")
    .choices(["drawn", "beside"])
    .default("drawn");
}

/** Adds the options of `chat` and `ask`. */
export function withTalkOptions(command: Command): Command {
  withCommonOptions(command)
    .addOption(methodOption())
    .addOption(wiringOption())
    .option("--model <name>", 'model that speaks, as provider:model, or "offline"')
    .option("--agent-model <name>", "model of the agents (default: the model that speaks)");
  return withEmbeddingOptions(command)
    .option("--thread <id>", "conversation to go on with (default: a new one)", idFlag("--thread"))
    .option("--read-only", "read the character's memory, and keep nothing of this conversation")
    .option(
      "--timeout <seconds>",
      "longest time of one turn",
      numberFlag("--timeout", { min: 0.001, max: 86_400, whole: false }),
    )
    .option("--trace <file>", "append one JSON line for each finished step of the graph to this file");
}

/** What every turn is given because of these flags. */
export async function turnOptions(flags: TalkFlags, { cwd }: CommandLine) {
  const callbacks = flags.trace === undefined ? undefined : [await openTrace(flags.trace, cwd)];
  return {
    ...(callbacks === undefined ? {} : { callbacks }),
    ...(flags.timeout === undefined ? {} : { timeoutMs: Math.ceil(flags.timeout * 1000) }),
  };
}

async function openTrace(file: string, cwd: string) {
  const [{ resolve }, { FileTracer }] = await Promise.all([import("node:path"), import("./trace-file.js")]);
  return new FileTracer(resolve(cwd, file));
}
