import type { Parsed, Reply } from "../core/contract.js";
import { chosenOptions } from "../core/reading/chosen-options.js";
import { plainReply } from "../core/reading/plain-reply.js";
import { noAnswer, severalNamed } from "../core/refusal.js";
import type { Option, Shares } from "./group-case.js";

/** Reads the one option that a person chose, by its letter or its text (`chosenOptions`). Several, or none, cannot be read. */
export function readChoice({ text }: Pick<Reply, "text">, options: readonly Option[]): Parsed<Shares> {
  const reply = plainReply(text);
  const found = chosenOptions(reply, options);
  const [label] = found;
  if (label === undefined) return noAnswer(reply);
  if (found.length > 1) return severalNamed(found);
  return { status: "answered", answer: { shares: { [label]: 1 } }, shown: label };
}
