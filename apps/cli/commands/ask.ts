import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { SimulacraError } from "../../../data/errors.js";
import { cleanMessage } from "../../../graphs/simulacrum/message-text.js";
import { characterNamed } from "../../hosting/characters.js";
import { newThread } from "../chat/conversation.js";
import type { CommandLine } from "../command-line.js";
import { interlocutorFlag } from "../flags.js";
import { abortOnInterrupt } from "../interrupts.js";
import { openForTalk } from "../open-simulacrum.js";
import { speak } from "../speak.js";
import { speakerOf, type TalkFlags, talkCommand, turnOptions } from "../talk-options.js";

/** `simulacra ask <character> <message>`: one turn. */
export function registerAsk(program: Command, cli: CommandLine): void {
  talkCommand(program, "ask", "put one message to a character and print the answer")
    .argument("<message>", 'what to say; "-" reads it from stdin')
    .option(
      "--as <id>",
      "who speaks (default: with --name or --relationship the local user me, else nobody named; the conversation itself is the owner)",
      interlocutorFlag("--as"),
    )
    .action((character, message, flags) => ask(cli, character, message, flags));
}

async function ask(cli: CommandLine, name: string, message: string, flags: TalkFlags): Promise<void> {
  const { output } = cli;
  const said = cleanMessage(message === "-" ? await text(cli.stdin) : message);
  if (said.removed > 0) output.note(`(${said.removed} control characters were left out of the message.)`);
  if (said.text === "")
    throw new SimulacraError("invalid_input", "The message is empty: say something.", "user");
  const settings = cli.settings(flags);
  const character = await characterNamed(name, settings);
  const options = await turnOptions(flags, cli, character);
  const simulacrum = await openForTalk(cli, settings, character, flags);
  const { signal, release } = abortOnInterrupt();
  const { thread = newThread() } = flags;
  const interlocutor = speakerOf(flags);
  try {
    const turn = { ...options, thread, signal, ...(interlocutor && { interlocutor }) };
    const result = await speak(simulacrum, said.text, turn, output);
    output.result(result, () => {});
  } finally {
    release();
    await simulacrum.close();
  }
}
