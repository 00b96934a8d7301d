import { isSimulacraError } from "../../../data/errors.js";
import { cleanMessage } from "../../../graphs/simulacrum/message-text.js";
import { messageOf } from "../exit-code.js";
import type { Conversation } from "./conversation.js";
import type { LineSource } from "./line-source.js";
import { type ChatContext, isSlashCommand, runSlashCommand } from "./slash-commands.js";

/** Two Ctrl-C at the prompt within this time leave. */
const twiceWithinMs = 3_000;
/** How long a turn that was stopped may take to end before the process leaves without it. */
const graceMs = 2_000;

/**
 * Reads lines and answers them until /quit, the end of input or Ctrl-C twice. A turn that fails is told of and the
 * chat goes on. The prompt comes back only after the turn is stored.
 */
export async function chatLoop(
  conversation: Conversation,
  lines: LineSource,
  context: { cwd: string; forgotten(): Promise<void>; leaveNow(): void },
): Promise<void> {
  const { output } = conversation;
  const prompt = output.notePaint.bold("> ");
  let answering: AbortController | undefined;
  let leaving = false;
  let lastInterrupt = Number.NEGATIVE_INFINITY;

  const onInterrupt = () => {
    if (answering !== undefined && !answering.signal.aborted) return answering.abort();
    const now = performance.now();
    if (answering === undefined && now - lastInterrupt > twiceWithinMs) {
      lastInterrupt = now;
      output.note("\n(Ctrl-C again leaves.)");
      return lines.refresh();
    }
    leaving = true;
    lines.close();
    setTimeout(context.leaveNow, graceMs).unref();
  };

  const tell = (error: unknown, stopped = false): undefined => {
    if (stopped || isSimulacraError(error, "cancelled")) output.note("(Stopped. /retry asks again.)");
    else output.error(messageOf(error));
  };

  const say = async (message: string): Promise<void> => {
    answering = new AbortController();
    try {
      // What came through a pipe stands nowhere else: with it, the output can be read as a log.
      if (!lines.typed) output.line(`> ${message}`);
      if (output.interactive) output.write(`${output.paint.cyan(conversation.simulacrum.character.name)}: `);
      await conversation.say(message, answering.signal);
      if (output.interactive) output.line();
    } catch (error) {
      tell(error, answering.signal.aborted);
    } finally {
      answering = undefined;
    }
  };

  const sayLine = async (line: string): Promise<undefined> => {
    const { text, removed } = cleanMessage(line.replace(/^(\s*)\/\//u, "$1/"));
    if (removed > 0) output.note(`(${removed} control characters were left out.)`);
    if (text === "") output.note("Say something, or type /help for what else there is.");
    else await say(text);
  };

  const chat: ChatContext = {
    conversation,
    cwd: context.cwd,
    say,
    ask: (question) => {
      if (!output.interactive) output.note(question.trim());
      return lines.next(question);
    },
    forgotten: context.forgotten,
  };

  lines.interrupts.on("SIGINT", onInterrupt);
  try {
    while (!leaving && !output.readerGone) {
      const line = await lines.next(prompt);
      if (line === undefined) break;
      const work = isSlashCommand(line) ? runSlashCommand(line, chat) : sayLine(line);
      if ((await work.catch((error: unknown) => tell(error))) === "leave") break;
    }
  } finally {
    lines.interrupts.off("SIGINT", onInterrupt);
    lines.close();
  }
}
