import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { SimulacraError } from "../../../../data/errors.js";
import type { EvaluationOptions } from "../../../../evals/core/evaluation-options.js";
import type { PriceTable } from "../../../../evals/core/prices.js";
import { conditionName, readCondition } from "../../../../graphs/conditions.js";
import { methodIds } from "../../../../graphs/methods.js";
import { modelNames, type SettingFlags } from "../../../hosting/settings.js";
import { type CommandLine, embeddingsOption, withCommonOptions } from "../../command-line.js";
import { numberOption, withTimeLimits, wrongUsage } from "../../flags.js";

/** Flags of `eval run` and `eval validate`. */
export interface RunFlags extends SettingFlags {
  characters: string;
  methods: string[];
  models?: string[];
  repeats: number;
  seed: string;
  concurrency: number;
  framing: "friend" | "neutral";
  set: Record<string, string>;
  out: string;
  maxCalls?: number;
  maxCost?: number;
  prices?: string;
  errorRate: number;
  cache: boolean;
}

const calls = { min: 1, max: 1000, initial: 8 };
const anyCount = { min: 0, max: Number.MAX_SAFE_INTEGER };
const amount = { min: 0, max: 1e12, whole: false };
const share = { min: 0, max: 1, whole: false, initial: 0.05 };

/** Adds what says which run is meant. */
export function withRunOptions(command: Command): Command {
  return withTimeLimits(withCommonOptions(command))
    .argument("<instrument...>", "names (simulacra eval list), or paths of modules of your own (./mine.js)")
    .requiredOption("--out <folder>", "folder of the run; the same one again goes on with it")
    .option("--characters <ids>", "ids or names, by commas, or all who can take the instrument", "all")
    .option(
      "--methods <methods>",
      `${methodIds.join(", ")}, by commas; agents left out: macm:without=emotion+thinking`,
      methodsFlag,
      [...methodIds],
    )
    .option(
      "--models <names>",
      'chat models that speak, by commas (default: SIMULACRA_MODEL, else "offline")',
      listFlag,
    )
    .option("--agent-model <name>", "model of the agents of macm (default: the one that speaks)")
    .option(...embeddingsOption)
    .addOption(
      numberOption("--repeats <count>", "times each item is put", { min: 1, max: 10_000, initial: 3 }),
    )
    .option("--seed <seed>", "decides everything that is shuffled or drawn", "1")
    .addOption(numberOption("--concurrency <count>", "sessions, and calls of each model, at once", calls))
    .addOption(
      new Option("--framing <framing>", "who asks: the person's best friend, or an interviewer")
        .choices(["friend", "neutral"])
        .default("friend"),
    )
    .option("--set <name=value>", "a setting of an instrument (may be given several times)", settingFlag, {})
    .addOption(numberOption("--max-calls <count>", "model calls that this command makes at most", anyCount))
    .addOption(
      numberOption("--max-cost <amount>", "what this command spends at most (needs --prices)", amount),
    )
    .option("--prices <file>", 'JSON: {"currency": "USD", "models": {NAME: {"input": …, "output": …}}}')
    .addOption(
      numberOption("--error-rate <share>", "share of items in error above which the run fails", share),
    )
    .option("--no-cache", "ask for every reply again, and keep none");
}

/** What the flags ask for. */
export async function evaluationOptions(
  cli: CommandLine,
  instruments: readonly string[],
  flags: RunFlags,
): Promise<EvaluationOptions> {
  const settings = cli.settings(flags);
  const { model = "offline", ...named } = modelNames(settings);
  const prices = await pricesOf(flags.prices, cli.cwd);
  const { repeats, seed, concurrency, framing, methods, maxCalls, maxCost, errorRate, cache } = flags;
  return {
    instruments: instruments.map((name) =>
      /[\\/]|\.[cm]?[jt]s$/u.test(name) ? resolve(cli.cwd, name) : name,
    ),
    out: resolve(cli.cwd, flags.out),
    characters: flags.characters.trim() === "all" ? "all" : listFlag(flags.characters),
    methods,
    models: flags.models ?? [model],
    repeats,
    seed,
    concurrency,
    framing,
    settings: flags.set,
    errorRate,
    cache,
    home: settings.home,
    env: settings.env,
    timeLimits: settings.timeLimits,
    ...named,
    ...(maxCalls !== undefined && { maxCalls }),
    ...(maxCost !== undefined && { maxCost }),
    ...(prices && { prices }),
  };
}

async function pricesOf(file: string | undefined, cwd: string): Promise<PriceTable | undefined> {
  if (file === undefined) return undefined;
  const { readPrices } = await import("../../../../evals/core/prices.js");
  try {
    return readPrices(JSON.parse(await readFile(resolve(cwd, file), "utf8")), file);
  } catch (cause) {
    if (cause instanceof SimulacraError) throw cause;
    throw wrongUsage(`--prices: ${file} cannot be read as JSON.`, { path: file }, cause);
  }
}

/** Names by commas. */
function listFlag(value: string): string[] {
  const names = value
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length > 0) return names;
  throw wrongUsage("A list of names, by commas, is empty.");
}

const methodsFlag = (value: string): string[] =>
  listFlag(value).map((text) => conditionName(readCondition(text)));

function settingFlag(value: string, before: Record<string, string>): Record<string, string> {
  const at = value.indexOf("=");
  if (at > 0) return { ...before, [value.slice(0, at).trim()]: value.slice(at + 1) };
  throw wrongUsage(`--set takes name=value, not "${value}".`, { value });
}
