import type { Conversation } from "./conversation.js";

/** The whole conversation of the thread as Markdown, headed by what it is: the answers are a program's, and must stay recognisable as such. */
export function transcript({ simulacrum, interlocutor, thread, exchanges, earlier }: Conversation): string {
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
    ...stimulus.flatMap(({ name, text }) => ["", `**${name ?? interlocutor}:** ${text}`]),
    "",
    `**${character.name}:** ${answer.text}`,
  ]);
  const turns = exchanges.flatMap(({ said, result }) => [
    "",
    `**${interlocutor}:** ${said}`,
    "",
    `**${character.name}:** ${result.answer}`,
    ...(result.degraded.length > 0 ? ["", `*(failed this turn: ${result.degraded.join(", ")})*`] : []),
  ]);
  return `${[...head, ...before, ...turns].join("\n")}\n`;
}
