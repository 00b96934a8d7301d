import type { Character } from "../../data/character.js";
import { isSimulacraError, SimulacraError } from "../../data/errors.js";
import { missingFor } from "../../data/missing-for.js";
import { readCondition } from "../../graphs/conditions.js";
import type { SimulacrumOptions } from "../../graphs/simulacrum/contract.js";
import type { CommandLine } from "./command-line.js";
import { confirm } from "./confirm.js";
import type { OpenSimulacrum } from "./door.js";
import { createProgress } from "./progress.js";
import { memoryFolder, type Settings } from "./settings.js";
import type { TalkFlags } from "./talk-options.js";

/** Opening takes about a second; only what takes longer is told of. */
const quietMs = 2_000;

/** Opens a character for talk as settings and flags say. */
export function openForTalk(
  cli: CommandLine,
  settings: Settings,
  character: Character,
  flags: TalkFlags,
): Promise<OpenSimulacrum> {
  const { method, without } = readCondition(flags.method);
  const lacks = missingFor(character, method.needs);
  if (lacks.length > 0)
    cli.output.warn(`${character.name} has no ${lacks.join(", no ")}: "${flags.method}" plays them without.`);
  return open(cli, {
    ...baseOptions(settings, character, flags),
    method: method.id,
    ...(without.length > 0 && { agents: { without } }),
    wiring: flags.wiring,
    memoryMode: flags.readOnly === true ? "overlay" : "persist",
    ...(settings.model === undefined ? {} : { model: settings.model }),
    ...(settings.agentModel === undefined ? {} : { agentModel: settings.agentModel }),
  });
}

/** Opens a character to look at its memory; no chat model is needed. */
export function openForMemory(
  cli: CommandLine,
  settings: Settings,
  character: Character,
  flags: { reembed?: boolean },
): Promise<OpenSimulacrum> {
  return open(cli, { ...baseOptions(settings, character, flags), model: "offline" });
}

function baseOptions(
  settings: Settings,
  character: Character,
  flags: { reembed?: boolean },
): SimulacrumOptions {
  return {
    character,
    home: memoryFolder(settings.home, character.id),
    reembed: flags.reembed ?? false,
    ...(settings.embeddings === undefined ? {} : { embeddings: settings.embeddings }),
  };
}

/** Opens; where the stored embeddings come from another model, asks whether to compute them again. */
async function open(cli: CommandLine, options: SimulacrumOptions): Promise<OpenSimulacrum> {
  const progress = lateProgress(cli);
  try {
    return await cli.surroundings.door({ ...options, onProgress: progress.update });
  } catch (error) {
    if (!isSimulacraError(error, "embedding_mismatch")) throw error;
    if (!cli.canAsk)
      throw new SimulacraError(
        error.code,
        `${error.message} (Here: --reembed.)`,
        error.fault,
        error.details,
        { cause: error },
      );
    progress.finish();
    cli.output.warn(error.message);
    if (!(await confirm(cli, "Compute the stored embeddings again now? (yes/no) "))) throw error;
    return await cli.surroundings.door({ ...options, reembed: true, onProgress: progress.update });
  } finally {
    progress.finish();
  }
}

/** Progress that stays silent where the work is short, and says what is going on where it is not. */
function lateProgress(cli: CommandLine): { update(done: number, total: number): void; finish(): void } {
  const bar = createProgress(cli.output, "Embedding memories");
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    cli.output.note("Preparing the memory …");
  }, quietMs);
  return {
    update: (done, total) => {
      if (late) bar.update(done, total);
    },
    finish: () => {
      clearTimeout(timer);
      bar.finish();
    },
  };
}
