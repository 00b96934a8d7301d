import type { Conversation } from "./conversation.js";

/** The whole conversation of the thread as Markdown, headed by what it is: the answers are a program's, and must stay recognisable as such. */
export async function transcript(conversation: Conversation): Promise<string> {
  const { simulacrum, thread, exchanges, earlier } = conversation;
  const speaker = await conversation.speakerName();
  const { character, method, disclosure } = simulacrum;
  const model = exchanges.at(-1)?.result.model ?? "unknown";
  const head = [
    `# A conversation with ${character.name}`,
    "",
    `> ${disclosure.replaceAll("\n", "\n> ")}`,
    "",
    `Method \`${method}\`, model \`${model}\`, thread \`${thread}\`.`,
  ];
  const before = earlier.flatMap(({ stimulus, answer }) => [
    ...stimulus.flatMap(({ name, text }) => ["", `**${conversation.called(name, speaker)}:** ${text}`]),
    "",
    `**${character.name}:** ${answer.text}`,
  ]);
  const turns = exchanges.flatMap(({ said, result }) => [
    "",
    `**${speaker}:** ${said}`,
    "",
    `**${character.name}:** ${result.answer}`,
    ...(result.degraded.length > 0 ? ["", `*(failed this turn: ${result.degraded.join(", ")})*`] : []),
  ]);
  return `${[...head, ...before, ...turns].join("\n")}\n`;
}
