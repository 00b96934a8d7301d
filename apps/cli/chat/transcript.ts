import { localMoment } from "../../../data/words.js";
import { describeMood } from "../../../memory/mood.js";
import { clip } from "../describe-memory.js";
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
    `Method \`${method}\`, model \`${model}\`, thread \`${thread}\`. Times of the zone ${Intl.DateTimeFormat().resolvedOptions().timeZone}.`,
  ];
  const before = earlier.flatMap(({ stimulus, answer, at, thought, feeling, moodAfter }) => [
    "",
    `*${localMoment(at)}*`,
    ...stimulus.flatMap(({ name, text }) => ["", `**${conversation.called(name, speaker)}:** ${text}`]),
    "",
    `**${character.name}:** ${answer.text}`,
    ...mindLines({ thought, feeling, mood: moodAfter, memories: [] }),
  ]);
  const turns = exchanges.flatMap(({ said, result, at }) => [
    "",
    `*${localMoment(at)}*`,
    "",
    `**${speaker}:** ${said}`,
    "",
    `**${character.name}:** ${result.answer}`,
    ...(result.degraded.length > 0 ? ["", `*(failed this turn: ${result.degraded.join(", ")})*`] : []),
    ...(result.mind === null ? [] : mindLines(result.mind)),
  ]);
  return `${[...head, ...before, ...turns].join("\n")}\n`;
}

/** What a mind holds that a reader wants beside the answer. */
interface ShownMind {
  thought: unknown;
  feeling: { text: string } | null;
  mood: Parameters<typeof describeMood>[0] | null;
  memories: readonly { text: string }[];
}

/** The mind behind an answer, as a quotation below it. */
function mindLines({ memories, thought, feeling, mood }: ShownMind): string[] {
  const lines = [
    ...memories.map(({ text }) => `*Remembered:* ${clip(text, 240)}`),
    ...(typeof thought === "string" && thought !== "" ? [`*Thought:* ${oneLine(thought)}`] : []),
    ...(feeling === null ? [] : [`*Felt:* ${oneLine(feeling.text)}`]),
    ...(mood === null ? [] : [`*Mood:* ${describeMood(mood)}`]),
  ];
  return lines.length === 0 ? [] : ["", lines.map((line) => `> ${line}`).join("  \n")];
}

const oneLine = (text: string): string => text.replace(/\s+/gu, " ").trim();
