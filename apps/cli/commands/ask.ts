import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { SimulacraError } from "../../../data/errors.js";
import { cleanMessage } from "../../../graphs/simulacrum/message-text.js";
import { characterNamed } from "../../hosting/characters.js";
import { newThread } from "../chat/conversation.js";
import type { CommandLine } from "../command-line.js";
import { interlocutorFlag } from "../flags.js";
import { abortOnInterrupt } from "../interrupts.js";
import { tellOfOfflineModel } from "../offline-notice.js";
import { openForTalk } from "../open-simulacrum.js";
import { speak } from "../speak.js";
import { type TalkFlags, turnOptions, withTalkOptions } from "../talk-options.js";

/** `simulacra ask <character> <message>`: one turn. */
export function registerAsk(program: Command, cli: CommandLine): void {
  withTalkOptions(program.command("ask"))
    .description("put one message to a character and print the answer")
    .argument("<character>", "id or name")
    .argument("<message>", 'what to say; "-" reads it from stdin')
    .option(
      "--as <id>",
      "who speaks (default: nobody named; the conversation itself is the owner)",
      interlocutorFlag("--as"),
    )
    .action(async (character: string, message: string, flags: TalkFlags) =>
      ask(cli, character, message, flags),
    );
}

async function ask(cli: CommandLine, name: string, message: string, flags: TalkFlags): Promise<void> {
  const { output } = cli;
  const said = cleanMessage(message === "-" ? await text(cli.surroundings.stdin) : message);
  if (said.removed > 0) output.note(`(${said.removed} control characters were left out of the message.)`);
  if (said.text === "")
    throw new SimulacraError("invalid_input", "The message is empty: say something.", "user");
  const settings = cli.settings(flags);
  const character = await characterNamed(name, settings);
  const options = await turnOptions(flags, cli, character);
  await tellOfOfflineModel(cli, settings);
  const simulacrum = await openForTalk(cli, settings, character, flags);
  const interrupt = abortOnInterrupt();
  try {
    const result = await speak(
      simulacrum,
      said.text,
      {
        ...options,
        thread: flags.thread ?? newThread(),
        ...(flags.as === undefined ? {} : { interlocutor: { id: flags.as } }),
        signal: interrupt.signal,
      },
      output,
    );
    output.result(result, () => {});
  } finally {
    interrupt.release();
    await simulacrum.close();
  }
}
