import type { Command } from "commander";
import type { Character } from "../../../data/character.js";
import { SimulacraError } from "../../../data/errors.js";
import { memoryFolder } from "../../../data/home-folder.js";
import { several } from "../../../data/words.js";
import { characterNamed } from "../../hosting/characters.js";
import { modelNames, type Settings } from "../../hosting/settings.js";
import { type CommandLine, characterCommand } from "../command-line.js";
import { exitCode } from "../exit-code.js";
import { numberOption, withTimeLimits, wrongUsage } from "../flags.js";
import { abortOnInterrupt } from "../interrupts.js";
import type { EmbeddingFlags } from "../open-simulacrum.js";
import { createProgress } from "../progress.js";
import { fileTracer, traceOption } from "../talk-options.js";

interface RememberFlags extends EmbeddingFlags {
  again?: boolean;
  concurrency: number;
  trace?: string;
}

/** `simulacra remember <character>`: builds the long-term memory from the life story; run again, it goes on. */
export function registerRemember(program: Command, cli: CommandLine): void {
  withTimeLimits(
    characterCommand(
      program,
      "remember",
      "build a character's long-term memory from its life story (goes on where it stopped)",
    ),
  )
    .option(
      "--model <name>",
      "model that writes the memories (default: SIMULACRA_AGENT_MODEL or SIMULACRA_MODEL)",
    )
    .option("--again", "build all of them again, as after a change of the model or of prompts")
    .addOption(
      numberOption("--concurrency <count>", "model calls at once", { min: 1, max: 1000, initial: 8 }),
    )
    .option(...traceOption)
    .action((character, flags) => remember(cli, character, flags));
}

async function remember(cli: CommandLine, name: string, flags: RememberFlags): Promise<void> {
  const { output } = cli;
  const settings = cli.settings(flags);
  const character = await characterNamed(name, settings);
  const { id, memories } = character;
  if (character.story === undefined)
    throw new SimulacraError(
      "invalid_input",
      `${character.name} has no life story to remember: write story.md in the character's folder and import it again.`,
      "user",
      { character: id },
    );
  if (memories.length > 0)
    output.warn(
      `${character.name} comes with ${several(memories.length, "memory", "memories")}; those built now stand beside them.`,
    );
  const configured = flags.model ?? settings.agentModel ?? settings.model;
  // What a real model made is not given up for the offline model's passages by mistake.
  if (flags.again === true && configured === undefined)
    throw wrongUsage(
      `--again: no language model is configured, and the offline model would put the bare passages in place of the memories. Set SIMULACRA_MODEL, or say so: simulacra remember ${id} --again --model offline`,
      { character: id },
    );
  await cli.noteOfflineModel({ env: settings.env, ...(configured !== undefined && { model: configured }) });
  const model = configured ?? "offline";
  const { report, usage } = await construct(cli, settings, character, model, flags);
  const { made, found, failed } = report;
  output.result({ character: id, model, ...report, usage }, () => {
    output.line(
      `${several(made, "memory", "memories")} built, ${found} ${found === 1 ? "was" : "were"} there already, ${failed.length} failed.`,
    );
    output.line(`${usage.calls} model calls, ${usage.inputTokens} tokens in, ${usage.outputTokens} out.`);
    if (failed.length === 0) output.line(`Next: simulacra chat ${id}`);
  });
  if (failed.length === 0) return;
  cli.exitCode = exitCode.broken;
  for (const { chunk, reason } of failed) output.warn(`Part ${chunk} of the story: ${reason}`);
  output.warn(`Run it again to build what is missing: simulacra remember ${id}`);
}

async function construct(
  cli: CommandLine,
  settings: Settings,
  character: Character,
  modelName: string,
  { again = false, reembed = false, concurrency, trace }: RememberFlags,
) {
  const { resolveChatModel, UsageMeter } = await import("../../../models/index.js");
  const { openParts } = await import("../../../graphs/simulacrum/opened-parts.js");
  const { constructMemories } = await import("../../../graphs/memory-construction/construct-memories.js");
  const tracer = await fileTracer(cli, trace, async () => [character]);
  const model = await resolveChatModel(modelName, { env: settings.env, concurrency, ...settings.timeLimits });
  const home = memoryFolder(settings.home, character.id);
  const parts = await openParts({
    ...modelNames(settings),
    ...{ character, model, agentModel: model, home, reembed },
  });
  const meter = new UsageMeter();
  const progress = createProgress(cli.output, "Memories");
  const { signal, release } = abortOnInterrupt();
  try {
    const report = await constructMemories({
      ...{ again, character, model, store: parts.store, meter, signal },
      ...(tracer && { callbacks: [tracer] }),
      onProgress: ({ done, total }) => progress.update(done, total),
    });
    return { report, usage: meter.snapshot() };
  } catch (cause) {
    if (!signal.aborted) throw cause;
    const message = `Stopped. What is finished is kept; run it again to go on: simulacra remember ${character.id}`;
    throw new SimulacraError("cancelled", message, "user", {}, { cause });
  } finally {
    progress.finish();
    release();
    await parts.close();
  }
}
