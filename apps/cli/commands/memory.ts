import type { Command } from "commander";
import { SimulacraError } from "../../../data/errors.js";
import { memoryFolder } from "../../../data/home-folder.js";
import { characterNamed } from "../../hosting/characters.js";
import type { SettingFlags } from "../../hosting/settings.js";
import { forgetLastThreads } from "../chat/last-thread.js";
import { type CommandLine, withCommonOptions, withEmbeddingOptions } from "../command-line.js";
import { counted, removedInWords } from "../counted.js";
import { clip, describeSource } from "../describe-memory.js";
import { idFlag, numberFlag } from "../flags.js";
import { openForMemory } from "../open-simulacrum.js";

interface MemoryFlags extends SettingFlags {
  limit?: number;
  as?: string;
  reembed?: boolean;
}

/** `simulacra memory <character>` and `simulacra memory <character> forget <interlocutor>`. */
export function registerMemory(program: Command, cli: CommandLine): void {
  withEmbeddingOptions(withCommonOptions(program.command("memory")))
    .description("list everything a character remembers, or make it forget a person")
    .argument("<character>", "id or name")
    .argument("[forget]", 'the word "forget"')
    .argument("[interlocutor]", "whom to forget: everything that was said with them")
    .option(
      "--limit <count>",
      "at most so many (default: all)",
      numberFlag("--limit", { min: 1, max: 10_000_000 }),
    )
    .option("--as <id>", "only what this person was present at", idFlag("--as"))
    .action(
      async (
        character: string,
        act: string | undefined,
        interlocutor: string | undefined,
        flags: MemoryFlags,
      ) => {
        if (act === undefined) return list(cli, character, flags);
        if (act !== "forget" || interlocutor === undefined)
          throw new SimulacraError(
            "invalid_option",
            "Type: simulacra memory <character> forget <interlocutor>",
            "user",
          );
        return forget(cli, character, idFlag("<interlocutor>")(interlocutor), flags);
      },
    );
}

async function list(cli: CommandLine, name: string, flags: MemoryFlags): Promise<void> {
  const { output } = cli;
  const settings = cli.settings(flags);
  const simulacrum = await openForMemory(cli, settings, await characterNamed(name, settings), flags);
  try {
    const all = await simulacrum.memory.list(flags.as === undefined ? {} : { owner: flags.as });
    const memories = all.slice(0, flags.limit);
    output.result({ memories }, () => {
      for (const memory of memories) {
        const state = memory.supersededBy === undefined ? "" : ", replaced by a newer one";
        output.line(`• ${memory.kind}: ${clip(memory.summary ?? memory.content, 200)}`);
        output.line(output.paint.dim(`  ${describeSource(memory.source)}${whose(memory.audience)}${state}`));
      }
      const total = counted(all.length, "memory", "memories");
      output.line(output.paint.bold(memories.length < all.length ? `${memories.length} of ${total}` : total));
    });
  } finally {
    await simulacrum.close();
  }
}

async function forget(
  cli: CommandLine,
  name: string,
  interlocutor: string,
  flags: MemoryFlags,
): Promise<void> {
  const { output } = cli;
  const settings = cli.settings(flags);
  const character = await characterNamed(name, settings);
  const simulacrum = await openForMemory(cli, settings, character, flags);
  try {
    const removed = await simulacrum.forget(interlocutor);
    await forgetLastThreads(memoryFolder(settings.home, character.id), interlocutor);
    output.result({ character: character.id, interlocutor, removed }, () => {
      const { memories, turns, threads, moods } = removed;
      output.line(
        memories + turns + threads + moods === 0
          ? `${character.name} remembers nothing of "${interlocutor}".`
          : `Forgotten of "${interlocutor}": ${removedInWords(removed)}.`,
      );
    });
  } finally {
    await simulacrum.close();
  }
}

const whose = (audience: readonly string[]): string =>
  audience.length === 0 ? "" : `, with ${audience.join(", ")}`;
