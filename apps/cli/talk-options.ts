import { type Command, Option } from "commander";
import type { Character } from "../../data/character.js";
import { conditionName, readCondition } from "../../graphs/conditions.js";
import type { Wiring } from "../../graphs/method.js";
import { DEFAULT_METHOD, methodIds, wirings } from "../../graphs/methods.js";
import { type CommandLine, withCommonOptions, withEmbeddingOptions } from "./command-line.js";
import { idFlag, numberFlag, type SettingFlags } from "./settings.js";

/** Flags of the commands that talk with a simulacrum. */
export interface TalkFlags extends SettingFlags {
  /** How the character is played: "macm", "macm:without=emotion". */
  method: string;
  wiring: Wiring;
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
  return new Option(
    "--method <method>",
    `how the character is played: ${methodIds.join(", ")}, or macm:without=AGENT`,
  )
    .argParser((text) => conditionName(readCondition(text)))
    .default(DEFAULT_METHOD);
}

/** The wiring of the macm graph. */
export function wiringOption(): Option {
  return new Option("--wiring <wiring>", "order of the agents in macm").choices(wirings).default(wirings[0]);
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
export async function turnOptions(flags: TalkFlags, cli: CommandLine, character: Character) {
  const callbacks = await traceCallbacks(flags.trace, cli, character);
  return {
    ...(callbacks === undefined ? {} : { callbacks }),
    ...(flags.timeout === undefined ? {} : { timeoutMs: Math.ceil(flags.timeout * 1000) }),
  };
}

/** What writes the runs of a command to the file of `--trace`, where one is asked for. */
export async function traceCallbacks(
  file: string | undefined,
  { cwd, surroundings, output }: CommandLine,
  character: Character,
) {
  if (file === undefined) return undefined;
  const [{ resolve }, { FileTracer }, { keysIn }] = await Promise.all([
    import("node:path"),
    import("../traces/file-tracer.js"),
    import("../traces/without-keys.js"),
  ]);
  const onLost = (reason: string) =>
    output.warn(`--trace: the rest is not written to ${file} (${reason}). The talk goes on.`);
  return [new FileTracer(resolve(cwd, file), { character, keys: keysIn(surroundings.env), onLost })];
}
