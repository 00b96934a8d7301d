import type { Parsed, Reply } from "../core/contract.js";
import { isIgnorance, isRefusal, noAnswer } from "../core/refusal.js";

/** The answer to a cloze: what follows "the answer is", else the reply. */
export function readCloze({ text }: Pick<Reply, "text">): Parsed<string> {
  const reply = text.replaceAll("’", "'").replaceAll(/[*_`]/gu, "").trim();
  const stated = /the answer is:?\s*(.+)$/isu.exec(reply)?.[1]?.trim();
  if (stated !== undefined && stated !== "") return { status: "answered", answer: stated, shown: stated };
  if (reply === "" || isRefusal(reply)) return noAnswer(reply, "The reply is empty.");
  return { status: "answered", answer: reply, shown: isIgnorance(reply) ? "does not know" : reply };
}
