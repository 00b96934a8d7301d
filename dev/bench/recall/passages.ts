import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sharedFolder } from "../shared-folder.js";
import { type EvidenceQuestion, readConversations } from "./locomo.js";

/** Real text to fill a store with, and real questions to ask it. */
export interface Corpus {
  /** Words in their order: stories, long-term memories and dialogues. */
  words: string[];
  questions: string[];
}

/** Reads the stories, memories and dialogues beside the project; null, with a message, where they are not there. */
export async function readCorpus(): Promise<Corpus | null> {
  const characters = sharedFolder("data/human-simulacra/Characters");
  const dialogues = sharedFolder("data/locomo");
  if (characters === null || dialogues === null) return null;
  const texts: string[] = [];
  for (const folder of ["Stories", "Memories"]) {
    for (const name of (await readdir(join(characters, folder))).sort()) {
      const file = folder === "Stories" ? `${name}.txt` : "long_memory.json";
      texts.push(await plainText(join(characters, folder, name, file)));
    }
  }
  const { conversations } = await readConversations(dialogues);
  for (const { turns } of conversations) texts.push(turns.map((turn) => turn.text).join(" "));
  const asked = (question: EvidenceQuestion) => question.category < 5;
  const questions = conversations.flatMap((conversation) => conversation.questions.filter(asked));
  return {
    words: texts.flatMap((text) => text.split(/\s+/)).filter((word) => word !== ""),
    questions: [...new Set(questions.map(({ question }) => question))],
  };
}

async function plainText(file: string): Promise<string> {
  const text = await readFile(file, "utf8");
  return file.endsWith(".json") ? stringsOf(JSON.parse(text)).join(" ") : text;
}

function stringsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

/** Distinct overlapping windows of `length` words, spread evenly over the text. */
export function windows(words: readonly string[], count: number, length: number): string[] {
  const found = new Set<string>();
  const step = (words.length - length) / count;
  for (let start = 0; start < words.length - length && found.size < count; start += step) {
    const from = Math.floor(start);
    found.add(words.slice(from, from + length).join(" "));
  }
  return [...found];
}
