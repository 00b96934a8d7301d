import type { Parsed, Reply } from "../core/contract.js";
import { noAnswer, unparsable } from "../core/refusal.js";
import { type Option, type Shares, sharesText } from "./group-case.js";

/**
 * Reads the answer distribution from the alternatives of the first token: the chance of each letter, also as " A", "(A" or
 * "A)". Alternatives that name no option leave; how much the others cover is kept. A letter that the server did not list
 * has no weight.
 */
export function readLogprobs({ text, logprobs }: Reply, options: readonly Option[]): Parsed<Shares> {
  if (logprobs === undefined)
    return unparsable(
      "The server gave no log-probabilities. Ask in another way (--set way=numbers), or use a server that gives them.",
    );
  const shares: Record<string, number> = Object.fromEntries(options.map(({ label }) => [label, 0]));
  let covered = 0;
  for (const { token, logprob } of logprobs) {
    const label = token.replace(/^[\s(["'*▁Ġ]+|[\s)\].:"'*]+$/gu, "");
    if (!Object.hasOwn(shares, label)) continue;
    const chance = Math.exp(logprob);
    shares[label] = (shares[label] ?? 0) + chance;
    covered += chance;
  }
  if (!(covered > 0)) return noAnswer(text, "No likely first token of the reply is the letter of an option.");
  return { status: "answered", answer: { shares, covered }, shown: sharesText(shares) };
}
