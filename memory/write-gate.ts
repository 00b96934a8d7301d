import { createHash } from "node:crypto";
import { withoutCourtesies } from "./courtesies.js";
import { isQuestion, sentencesOf } from "./ranking/question-share.js";
import { terms } from "./ranking/terms.js";
import type { MemoryRecord } from "./record.js";
import type { StoreKey, TurnRecord } from "./turn-record.js";

/** Why something did not become a memory. */
export type Refusal = "duplicate" | "echo" | "empty";

/** What the gate looks at. */
export interface GateInput {
  /** What the others said, and what the character answered. */
  said: string;
  answered: string;
  /** Texts that had been recalled when this was said. */
  recalled: readonly string[];
  /** Texts of memories that exist already, of the same owner. */
  existing: readonly string[];
}

/** Fewest telling words that are news. */
const FEWEST_NEW = 2;
/** Smallest share of telling words that neither recall nor the question had brought. */
const LEAST_NEW = 0.25;
/** Share of common words (Jaccard) from which two memories are the same. */
const SAME_FROM = 0.85;

/**
 * Decides whether an exchange is worth remembering. It refuses duplicates of what is stored, echoes (an exchange that
 * only gives back what was recalled, so that a memory cannot feed on itself), and empty talk. A question brings no news
 * by itself: its words count only where they stand in a statement.
 */
export function refusalOf(input: GateInput): Refusal | null {
  const said = telling(input.said);
  const answered = telling(input.answered);
  const all = new Set([...said, ...answered]);
  const known = new Set(input.recalled.flatMap((text) => [...telling(text)]));
  const fresh = new Set([
    ...telling(statements(input.said)),
    ...[...telling(statements(input.answered))].filter((term) => !said.has(term)),
  ]);
  for (const term of known) fresh.delete(term);
  if (fresh.size < FEWEST_NEW) return known.size > 0 ? "echo" : "empty";
  if (input.existing.some((text) => overlap(all, telling(text)) >= SAME_FROM)) return "duplicate";
  if (known.size > 0 && fresh.size / all.size < LEAST_NEW) return "echo";
  return null;
}

const telling = (text: string): Set<string> => new Set(terms(withoutCourtesies(text)));

/** What the gate says of a stored turn. `read` reads what it recalled. */
export async function refusalOfTurn(
  turn: TurnRecord,
  existing: readonly string[],
  read: (place: StoreKey) => Promise<MemoryRecord | null>,
): Promise<Refusal | null> {
  const recalled: string[] = [];
  for (const place of turn.recalled) {
    const record = await read(place);
    if (record) recalled.push(record.text);
  }
  return refusalOf({
    said: turn.stimulus.map(({ text }) => text).join("\n"),
    answered: turn.answer.text,
    recalled,
    existing,
  });
}

/** Hash of a text without case, spacing and punctuation: the same memory is never stored twice. */
export function textHash(text: string): string {
  const words =
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return createHash("sha256").update(words.join(" ")).digest("hex").slice(0, 32);
}

const statements = (text: string): string =>
  sentencesOf(text)
    .filter((sentence) => !isQuestion(sentence))
    .join(" ");

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const term of a) if (b.has(term)) common++;
  const union = a.size + b.size - common;
  return union === 0 ? 1 : common / union;
}
