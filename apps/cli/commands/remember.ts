import type { Command } from "commander";
import type { Character } from "../../../data/character.js";
import { SimulacraError } from "../../../data/errors.js";
import { memoryFolder } from "../../../data/home-folder.js";
import type { ConstructionReport } from "../../../graphs/memory-construction/construct-memories.js";
import type { Usage } from "../../../models/index.js";
import { characterNamed } from "../../hosting/characters.js";
import type { SettingFlags, Settings } from "../../hosting/settings.js";
import { type CommandLine, withCommonOptions, withEmbeddingOptions } from "../command-line.js";
import { counted } from "../counted.js";
import { exitCode } from "../exit-code.js";
import { numberFlag } from "../flags.js";
import { abortOnInterrupt } from "../interrupts.js";
import { tellOfOfflineModel } from "../offline-notice.js";
import { createProgress } from "../progress.js";
import { traceCallbacks } from "../talk-options.js";

interface RememberFlags extends SettingFlags {
  again?: boolean;
  concurrency: number;
  reembed?: boolean;
  trace?: string;
}

/** `simulacra remember <character>`: builds the long-term memory from the life story; run again, it goes on. */
export function registerRemember(program: Command, cli: CommandLine): void {
  withEmbeddingOptions(withCommonOptions(program.command("remember")))
    .description("build a character's long-term memory from its life story (goes on where it stopped)")
    .argument("<character>", "id or name")
    .option(
      "--model <name>",
      "model that writes the memories (default: SIMULACRA_AGENT_MODEL or SIMULACRA_MODEL)",
    )
    .option("--again", "build all of them anew, as after a change of the model or of prompts")
    .option(
      "--concurrency <count>",
      "model calls at once",
      numberFlag("--concurrency", { min: 1, max: 1000 }),
      8,
    )
    .option("--trace <file>", "append one JSON line for each finished step to this file")
    .action(async (character: string, flags: RememberFlags) => remember(cli, character, flags));
}

async function remember(cli: CommandLine, name: string, flags: RememberFlags): Promise<void> {
  const { output } = cli;
  const settings = cli.settings(flags);
  const character = await characterNamed(name, settings);
  if (character.story === undefined)
    throw new SimulacraError(
      "invalid_input",
      `${character.name} has no life story to remember: write story.md in the character's folder and import it again.`,
      "user",
      { character: character.id },
    );
  if (character.memories.length > 0)
    output.warn(
      `${character.name} comes with ${counted(character.memories.length, "memory", "memories")}; those built now stand beside them.`,
    );
  const configured = flags.model ?? settings.agentModel ?? settings.model;
  if (flags.again === true && configured === undefined) throw nothingToBuildAnewWith(character.id);
  await tellOfOfflineModel(cli, { ...settings, ...(configured !== undefined && { model: configured }) });
  const model = configured ?? "offline";
  const { report, usage } = await construct(cli, settings, character, model, flags);
  const complete = report.failed.length === 0;
  if (!complete) cli.exitCode = exitCode.broken;
  output.result({ character: character.id, model, ...report, usage }, () => {
    output.line(
      `${counted(report.made, "memory", "memories")} built, ${report.found} ${report.found === 1 ? "was" : "were"} there already, ${report.failed.length} failed.`,
    );
    output.line(`${usage.calls} model calls, ${usage.inputTokens} tokens in, ${usage.outputTokens} out.`);
    if (complete) output.line(`Next: simulacra chat ${character.id}`);
  });
  for (const { chunk, reason } of report.failed) output.warn(`Part ${chunk} of the story: ${reason}`);
  if (!complete) output.warn(`Run it again to build what is missing: simulacra remember ${character.id}`);
}

/** What a real model made is not given up for the offline model's passages by mistake. */
const nothingToBuildAnewWith = (character: string): SimulacraError =>
  new SimulacraError(
    "invalid_option",
    `--again: no language model is configured, and the offline model would put the bare passages in place of the memories. Set SIMULACRA_MODEL, or say so: simulacra remember ${character} --again --model offline`,
    "user",
    { character },
  );

async function construct(
  cli: CommandLine,
  settings: Settings,
  character: Character,
  modelName: string,
  flags: RememberFlags,
): Promise<{ report: ConstructionReport; usage: Usage }> {
  const { resolveChatModel, UsageMeter } = await import("../../../models/index.js");
  const { openParts } = await import("../../../graphs/simulacrum/opened-parts.js");
  const { constructMemories } = await import("../../../graphs/memory-construction/construct-memories.js");
  const callbacks = await traceCallbacks(flags.trace, cli, character);
  const model = await resolveChatModel(modelName, { env: settings.env, concurrency: flags.concurrency });
  const parts = await openParts({
    character,
    model,
    home: memoryFolder(settings.home, character.id),
    checkpointer: false,
    reembed: flags.reembed ?? false,
    ...(settings.embeddings === undefined ? {} : { embeddings: settings.embeddings }),
  });
  const meter = new UsageMeter();
  const progress = createProgress(cli.output, "Memories");
  const interrupt = abortOnInterrupt();
  try {
    const report = await constructMemories({
      again: flags.again ?? false,
      character,
      model,
      store: parts.store,
      meter,
      signal: interrupt.signal,
      ...(callbacks && { callbacks }),
      onProgress: ({ done, total }) => progress.update(done, total),
    });
    return { report, usage: meter.snapshot() };
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    throw new SimulacraError(
      "cancelled",
      `Stopped. What is finished is kept; run it again to go on: simulacra remember ${character.id}`,
      "user",
      {},
      { cause: error },
    );
  } finally {
    progress.finish();
    interrupt.release();
    await parts.close();
  }
}
