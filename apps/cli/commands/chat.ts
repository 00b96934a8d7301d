import type { Command } from "commander";
import { listCharacters } from "../../../data/character-catalogue.js";
import { memoryFolder } from "../../../data/home-folder.js";
import { several } from "../../../data/words.js";
import { characterFolders, characterNamed, defaultCharacter } from "../../hosting/characters.js";
import type { Settings } from "../../hosting/settings.js";
import { chatLoop } from "../chat/chat-loop.js";
import { Conversation, newThread } from "../chat/conversation.js";
import { forgetLastThreads, noteLastThread, readLastThread } from "../chat/last-thread.js";
import { createLineSource } from "../chat/line-source.js";
import type { CommandLine } from "../command-line.js";
import { clip } from "../describe-memory.js";
import { errorDocument } from "../exit-code.js";
import { interlocutorFlag, wrongUsage } from "../flags.js";
import { openForTalk } from "../open-simulacrum.js";
import { LOCAL_USER, speakerOf, type TalkFlags, talkCommand, turnOptions } from "../talk-options.js";

interface ChatFlags extends TalkFlags {
  as: string;
  continue?: boolean;
}

/** `simulacra chat [character]`: a conversation, until the end of input. */
export function registerChat(program: Command, cli: CommandLine): void {
  talkCommand(program, "chat", "talk with a character (/help inside lists the commands)")
    .option(
      "--as <id>",
      "who speaks; what is said is remembered of them",
      interlocutorFlag("--as"),
      LOCAL_USER,
    )
    .option("--continue", "go on with the last conversation of this speaker")
    .action((character, flags) => chat(cli, character, flags));
}

/** Says, where nobody was named, that there are others to talk with. */
async function tellOfOthers({ output }: CommandLine, settings: Settings, id: string): Promise<void> {
  const others = (await listCharacters(characterFolders(settings))).filter((entry) => entry.id !== id);
  if (others.length === 0) return;
  const people = others.length === 1 ? "is 1 other person" : `are ${others.length} other people`;
  output.note(`There ${people} here: simulacra characters lists them, simulacra chat ID opens one.`);
}

/** Says which conversation goes on, and what was said last in it. */
async function tellOfEarlier(conversation: Conversation): Promise<void> {
  await conversation.recollect();
  const { earlier, output, simulacrum, thread } = conversation;
  const last = earlier.at(-1);
  if (last === undefined) return;
  const { name } = simulacrum.character;
  const speaker = await conversation.speakerName();
  output.note(
    `The conversation of "${speaker}" with ${name} goes on (${several(earlier.length, "turn")}, ${thread}). Last:`,
  );
  for (const { name: by, text } of last.stimulus)
    output.note(`  ${conversation.called(by, speaker)}: ${clip(text, 300)}`);
  output.note(`  ${name}: ${clip(last.answer.text, 300)}`);
}

async function chat(cli: CommandLine, name: string | undefined, flags: ChatFlags): Promise<void> {
  const { output } = cli;
  const { method, as } = flags;
  if (flags.continue === true && flags.thread !== undefined)
    throw wrongUsage("Give --thread or --continue, not both.");
  const settings = cli.settings(flags);
  const character = await (name === undefined ? defaultCharacter(settings) : characterNamed(name, settings));
  const notes = memoryFolder(settings.home, character.id);
  const options = await turnOptions(flags, cli, character);
  const simulacrum = await openForTalk(cli, settings, character, flags);

  const last = flags.continue === true ? await readLastThread(notes, method, as) : undefined;
  if (flags.continue === true && last === undefined)
    output.note("There is no earlier conversation; this is a new one.");
  let noted: string | undefined;
  const beforeTurn = async (thread: string): Promise<void> => {
    if (flags.readOnly === true || noted === thread) return;
    await noteLastThread(notes, method, as, thread);
    noted = thread;
  };
  const earlier = flags.thread ?? last;
  const thread = earlier ?? newThread();
  const who = speakerOf(flags) ?? { id: as };
  const conversation = new Conversation(simulacrum, who, thread, output, options, beforeTurn);
  const { disclosure } = simulacrum;
  output.line(disclosure);
  if (name === undefined) await tellOfOthers(cli, settings, character.id);
  try {
    if (earlier !== undefined) await tellOfEarlier(conversation);
    if (output.interactive) output.note("/help lists the commands, /quit leaves.\n");
    await chatLoop(conversation, createLineSource(cli.stdin, output), {
      cwd: cli.cwd,
      forgotten: () => forgetLastThreads(notes, as),
      leaveNow: () => process.exit(0),
    });
  } finally {
    await conversation.close();
  }
  const turns = conversation.exchanges.map(({ said, result }) => ({ said, ...result }));
  const failed = conversation.failed.map(({ said, error }) => ({ said, error: errorDocument(error) }));
  const about = { character: character.id, method: simulacrum.method, thread: conversation.thread };
  output.result({ ...about, disclosure, turns, failed }, () => {});
}
