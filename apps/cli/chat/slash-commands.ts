import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { reasonOf } from "../../../data/errors.js";
import { nearestName } from "../../../data/nearest-name.js";
import { several } from "../../../data/words.js";
import { isYes } from "../command-line.js";
import {
  clip,
  describeForgotten,
  describeKnown,
  describeMemory,
  describeSource,
} from "../describe-memory.js";
import type { Conversation } from "./conversation.js";
import { explainMind } from "./explain-mind.js";
import { transcript } from "./transcript.js";

/** What a slash command may use of the chat around it. */
export interface ChatContext {
  conversation: Conversation;
  cwd: string;
  /** Puts a message as if it had been typed. */
  say(message: string): Promise<void>;
  /** Asks something; the answer is the next line, or undefined at the end of input. */
  ask(question: string): Promise<string | undefined>;
  /** Called after an interlocutor was forgotten. */
  forgotten(): Promise<void>;
}

interface SlashCommand {
  usage: string;
  help: string;
  /** Gives "leave" to end the chat. */
  run(context: ChatContext, argument: string): Promise<"leave" | undefined>;
}

const commands: Record<string, SlashCommand> = {
  why: { usage: "/why", help: "the mind behind the last answer", run: why },
  memory: {
    usage: "/memory [words]",
    help: "what is remembered of you, or what comes to mind at these words",
    run: memory,
  },
  retry: { usage: "/retry", help: "take back the last answer and ask again", run: retry },
  undo: { usage: "/undo", help: "take back the last turn and everything stored of it", run: undo },
  forget: { usage: "/forget", help: "forget everything you ever said", run: forget },
  save: { usage: "/save FILE", help: "write this conversation to a file (Markdown)", run: save },
  help: { usage: "/help", help: "this list", run: help },
  quit: { usage: "/quit", help: "leave (so does the end of input, Ctrl-D)", run: async () => "leave" },
};

/** Whether a line is a slash command; `//…` says a line that begins with a slash. */
export const isSlashCommand = (line: string): boolean => /^\/(?!\/)/.test(line.trim());

/** Runs a slash command; an unknown one is named, with the nearest. */
export async function runSlashCommand(line: string, context: ChatContext): Promise<"leave" | undefined> {
  const [, name = "", argument = ""] = /^\/(\S*)\s*(.*)$/su.exec(line.trim()) ?? [];
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command.run(context, argument.trim());
  const nearest = nearestName(name, Object.keys(commands));
  const hint = nearest === undefined ? "/help lists what there is" : `did you mean /${nearest}?`;
  context.conversation.output.warn(
    `There is no command /${name}; ${hint}. (To say a line that begins with a slash, type two.)`,
  );
  return undefined;
}

async function why({ conversation }: ChatContext): Promise<undefined> {
  const { output, lastExchange, simulacrum } = conversation;
  if (lastExchange === undefined) output.note("Nothing has been said yet.");
  else output.lines(explainMind(lastExchange.result, simulacrum.agents, output.paint));
}

async function memory({ conversation }: ChatContext, words: string): Promise<undefined> {
  const { output, simulacrum, interlocutor } = conversation;
  if (words !== "") {
    const found = await simulacrum.memory.recall([words], { present: [interlocutor], k: 5 });
    if (found.nothingRelevant) output.note("Nothing relevant comes to mind; the nearest:");
    output.lines(found.memories.flatMap((one) => describeMemory(one, output.paint)));
    if (found.memories.length === 0) output.note("There is nothing to remember yet.");
    return;
  }
  const known = await simulacrum.memory.relationships.read(interlocutor);
  if (known) output.line(describeKnown(known));
  const own = await simulacrum.memory.list({ owner: interlocutor, kinds: ["short", "long"], limit: 20 });
  const { fresh, turns } = await conversation.inMind();
  const { bold } = output.paint;
  output.line(bold("Working memory: what was just said, word for word"));
  output.line(
    turns === 0
      ? "  Nothing has been said yet."
      : `  ${fresh === turns ? `all ${several(turns, "turn")}` : `the last ${fresh} of ${several(turns, "turn")}`} of this conversation`,
  );
  const shown = (kind: "short" | "long", title: string, absent: string) => {
    const of = own.filter((one) => one.kind === kind);
    output.line(bold(title));
    if (of.length === 0) output.line(`  ${absent}`);
    for (const { summary, content, source } of of)
      output.line(`  • ${clip(summary ?? content, 200)} ${output.paint.dim(`(${describeSource(source)})`)}`);
  };
  shown(
    "short",
    "Short-term memory: parts of conversations that no longer fit",
    "Nothing yet: so far everything is still in working memory.",
  );
  shown(
    "long",
    "Long-term memory: what is kept of you for good",
    "Nothing of you yet: what comes to mind again, or matters much, is kept here.",
  );
  output.note("The life story is in long-term memory as well: /memory WORDS shows what comes to mind.");
}

async function retry(context: ChatContext): Promise<undefined> {
  const said = await context.conversation.takeBack();
  if (said === undefined) context.conversation.output.note("There is no answer to try again.");
  else await context.say(said);
}

async function undo({ conversation }: ChatContext): Promise<undefined> {
  const said = await conversation.takeBack();
  if (said === undefined) conversation.output.note("There is nothing to take back.");
  else conversation.output.line(`Taken back: “${clip(said, 100)}”`);
}

async function forget(context: ChatContext): Promise<undefined> {
  const { conversation } = context;
  const { output, interlocutor, simulacrum } = conversation;
  const answer = await context.ask(
    `Really make ${simulacrum.character.name} forget everything that "${interlocutor}" ever said? (yes/no) `,
  );
  if (!isYes(answer)) {
    output.note("Nothing was forgotten.");
    return;
  }
  const removed = await conversation.forget();
  await context.forgotten();
  output.line(`Forgotten: ${describeForgotten(removed)}.`);
}

async function save({ conversation, cwd }: ChatContext, file: string): Promise<undefined> {
  const { output } = conversation;
  if (file === "") return void output.warn("Say where: /save FILE");
  if (conversation.exchanges.length + conversation.earlier.length === 0)
    return void output.note("Nothing has been said yet.");
  const path = resolve(cwd, file);
  try {
    await writeFile(path, await transcript(conversation), { flag: "wx", mode: 0o600 });
    output.line(`Saved: ${path}`);
  } catch (error) {
    const exists = error instanceof Error && "code" in error && error.code === "EEXIST";
    output.warn(
      exists ? `${path} is there already; name another file.` : `Could not write ${path}: ${reasonOf(error)}`,
    );
  }
}

async function help({ conversation }: ChatContext): Promise<undefined> {
  for (const { usage, help } of Object.values(commands))
    conversation.output.line(`  ${usage.padEnd(16)} ${help}`);
}
