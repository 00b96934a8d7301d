import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { Interlocutor } from "../../agents/mind.js";
import { CONTEXT_TOKENS } from "../../agents/prompt-budget.js";
import type { Character } from "../../data/character.js";
import { conditionName, readCondition } from "../../graphs/conditions.js";
import type { Wiring } from "../../graphs/method.js";
import { DEFAULT_METHOD, methodIds, wirings } from "../../graphs/methods.js";
import { type CommandLine, characterCommand } from "./command-line.js";
import { idFlag, numberOption, timeZoneOption, withTimeLimits, wordsFlag } from "./flags.js";
import type { EmbeddingFlags } from "./open-simulacrum.js";

/** Flags of the commands that talk with a simulacrum. */
export interface TalkFlags extends EmbeddingFlags {
  /** How the character is played: "macm", "macm:without=emotion". */
  method: string;
  wiring: Wiring;
  thread?: string;
  as?: string;
  /** What the speaker is called, and how the character knows them. */
  name?: string;
  relationship?: string;
  readOnly?: boolean;
  /** Tokens that the model takes, prompt and answer together. */
  contextTokens?: number;
  /** Seconds. */
  timeout?: number;
  trace?: string;
}

/** The wiring of the macm graph. */
export function wiringOption(): Option {
  return new Option("--wiring <wiring>", "order of the agents in macm").choices(wirings).default(wirings[0]);
}

export const traceOption = [
  "--trace <file>",
  "append one JSON line for each finished step to this file",
] as const;

const seconds = { min: 0.001, max: 86_400, whole: false };

/** A command that talks with a character: `chat` or `ask`. */
export function talkCommand(program: Command, name: string, description: string): Command {
  return withTimeLimits(characterCommand(program, name, description))
    .addOption(
      new Option(
        "--method <method>",
        `how the character is played: ${methodIds.join(", ")}, or macm:without=AGENT`,
      )
        .argParser((text) => conditionName(readCondition(text)))
        .default(DEFAULT_METHOD),
    )
    .addOption(wiringOption())
    .option("--model <name>", 'model that speaks, as provider:model, or "offline"')
    .option("--agent-model <name>", "model of the agents (default: the model that speaks)")
    .option("--thread <id>", "conversation to go on with (default: a new one)", idFlag("--thread"))
    .option(
      "--name <name>",
      "what the speaker is called; kept, until they are forgotten",
      wordsFlag("--name", 120),
    )
    .option(
      "--relationship <words>",
      'how the character knows the speaker: "my sister"; kept as the name is',
      wordsFlag("--relationship", 300),
    )
    .addOption(timeZoneOption())
    .option("--read-only", "read the character's memory, and keep nothing of this conversation")
    .addOption(
      numberOption(
        "--context-tokens <number>",
        `tokens that the model takes, prompt and answer together (default: ${CONTEXT_TOKENS}); more of the conversation stays in the ear`,
        { min: 1_000, max: 10_000_000, whole: true },
      ),
    )
    .addOption(numberOption("--timeout <seconds>", "longest time of one turn", seconds))
    .option(...traceOption);
}

/** Id of whoever uses this machine, where nobody is named. */
export const LOCAL_USER = "me";

/** Who speaks because of these flags. A name without an id is the local user's; without either it is nobody in particular. */
export function speakerOf({
  name,
  relationship,
  as = name === undefined && relationship === undefined ? undefined : LOCAL_USER,
}: Pick<TalkFlags, "as" | "name" | "relationship">): Interlocutor | undefined {
  if (as === undefined) return undefined;
  return { id: as, ...(name !== undefined && { name }), ...(relationship !== undefined && { relationship }) };
}

/** What every turn is given because of these flags. */
export async function turnOptions(flags: TalkFlags, cli: CommandLine, character: Character) {
  const tracer = await fileTracer(cli, flags.trace, async () => [character]);
  return {
    ...(tracer && { callbacks: [tracer] }),
    ...(flags.timeout !== undefined && { timeoutMs: Math.ceil(flags.timeout * 1000) }),
  };
}

/** What writes the runs of a command to the file of `--trace`, where one is asked for. */
export async function fileTracer(
  { cwd, env, output }: CommandLine,
  file: string | undefined,
  characters: () => Promise<readonly Character[]>,
) {
  if (file === undefined) return undefined;
  const { FileTracer } = await import("../traces/file-tracer.js");
  const { keysIn } = await import("../traces/without-keys.js");
  const onLost = (reason: string) =>
    output.warn(`--trace: the rest is not written to ${file} (${reason}). The command goes on.`);
  return new FileTracer(resolve(cwd, file), { characters: await characters(), keys: keysIn(env), onLost });
}
