import type { Command } from "commander";
import { memoryFolder } from "../../../data/home-folder.js";
import { several } from "../../../data/words.js";
import { forgetLastThreads } from "../chat/last-thread.js";
import { type CommandLine, characterCommand } from "../command-line.js";
import { clip, describeForgotten, describeKnown, describeSource } from "../describe-memory.js";
import { idFlag, numberOption, wrongUsage } from "../flags.js";
import { type EmbeddingFlags, withMemory } from "../open-simulacrum.js";

interface MemoryFlags extends EmbeddingFlags {
  limit?: number;
  as?: string;
}

/** `simulacra memory <character>` and `simulacra memory <character> forget <interlocutor>`. */
export function registerMemory(program: Command, cli: CommandLine): void {
  characterCommand(program, "memory", "list everything a character remembers, or make it forget a person")
    .argument("[forget]", 'the word "forget"')
    .argument("[interlocutor]", "id of whom to forget: everything that was said with them")
    .addOption(numberOption("--limit <count>", "at most so many (default: all)", { min: 1, max: 1e7 }))
    .option("--as <id>", "only what this person was present at", idFlag("--as"))
    .action(async (character, act, interlocutor, flags) => {
      if (act === undefined) return list(cli, character, flags);
      if (act !== "forget" || interlocutor === undefined)
        throw wrongUsage("Type: simulacra memory <character> forget <interlocutor>");
      return forget(cli, character, idFlag("<interlocutor>")(interlocutor), flags);
    });
}

function list(cli: CommandLine, name: string, flags: MemoryFlags): Promise<void> {
  const { output } = cli;
  return withMemory(cli, name, flags, async (simulacrum) => {
    const all = await simulacrum.memory.list(flags.as === undefined ? {} : { owner: flags.as });
    const memories = all.slice(0, flags.limit);
    const known = await simulacrum.memory.relationships.list();
    const relationships = known.filter(({ person }) => flags.as === undefined || person === flags.as);
    output.result({ memories, relationships }, () => {
      for (const record of relationships) output.line(describeKnown(record));
      for (const { kind, summary, content, source, audience, supersededBy } of memories) {
        const state = supersededBy === undefined ? "" : ", replaced by a newer one";
        const whose = audience.length === 0 ? "" : `, with ${audience.join(", ")}`;
        output.line(`• ${kind}: ${clip(summary ?? content, 200)}`);
        output.line(output.paint.dim(`  ${describeSource(source)}${whose}${state}`));
      }
      const total = several(all.length, "memory", "memories");
      output.line(output.paint.bold(memories.length < all.length ? `${memories.length} of ${total}` : total));
    });
  });
}

function forget(cli: CommandLine, name: string, interlocutor: string, flags: MemoryFlags): Promise<void> {
  const { output } = cli;
  return withMemory(cli, name, flags, async (simulacrum, { home }) => {
    const { character } = simulacrum;
    const known = await simulacrum.memory.relationships.list();
    const meant = known.filter(({ name }) => name?.text.toLowerCase() === interlocutor.toLowerCase());
    if (meant.length > 0 && !known.some(({ person }) => person === interlocutor))
      throw wrongUsage(
        `Nobody has the id "${interlocutor}". ${meant.map(({ person, name }) => `${name?.text} is "${person}"`).join(", ")}: simulacra memory ${character.id} forget ${meant[0]?.person}`,
      );
    const removed = await simulacrum.forget(interlocutor);
    await forgetLastThreads(memoryFolder(home, character.id), interlocutor);
    output.result({ character: character.id, interlocutor, removed }, () =>
      output.line(
        Object.values(removed).every((count) => count === 0)
          ? `${character.name} remembers nothing of "${interlocutor}".`
          : `Forgotten of "${interlocutor}": ${describeForgotten(removed)}.`,
      ),
    );
  });
}
