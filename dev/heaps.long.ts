import { describe, expect, it } from "vitest";
import { faithfulTo } from "../agents/made-text/made-text.js";
import { namesIn } from "../agents/made-text/source-facts.js";
import { readThought } from "../agents/thinking/think.js";
import { plainText, proseOf } from "../data/prose/prose.js";
import { foldSpelling } from "../data/spelling/fold-spelling.js";
import { chosenOptions } from "../evals/core/reading/chosen-options.js";
import { plainReply } from "../evals/core/reading/plain-reply.js";
import { withoutCourtesies } from "../memory/courtesies.js";
import { isSamePlan, isSettledBy, type OpenMatter, plansIn } from "../memory/open-matters.js";
import { readQuestion } from "../memory/ranking/question.js";
import { readTime } from "../memory/ranking/question-time.js";
import { terms } from "../memory/ranking/terms.js";

/** Bytes of the heaps of one sign that somebody may send. */
const SIZE = 100_000;
/** Milliseconds that a busy machine may take; in the square of its length a heap takes minutes. */
const LONGEST = 12_000;

const now = new Date("2024-03-01T12:00:00Z");
const matter: OpenMatter = {
  ...{ text: "I'll mend the gate on Friday", by: "them", at: now.toISOString() },
  ...{ thread: "t", turn: 1, audience: ["Ada"] },
};
const choices = [
  { label: "A", text: "a barn" },
  { label: "B", text: "the mill" },
];

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  terms,
  foldSpelling,
  plansIn,
  isSettledBy: (text) => isSettledBy(matter, text, `${text}?`),
  isSamePlan: (text) => isSamePlan(text, matter),
  readQuestion: (text) => readQuestion(text, { name: "May Reed" }, [], now),
  readTime: (text) => readTime(text, now, "UTC"),
  withoutCourtesies,
  faithfulTo: (text) => faithfulTo(text, text),
  namesIn,
  plainReply,
  chosenOptions: (text) => chosenOptions(text, choices),
  plainText,
  proseOf,
  readThought,
};
const signs = [
  ...[" ", "\n", "\t", "\n ", "-", ".", "\\", "*", "|", "\u0301", "\u0301\u0323", "昨天", "一"],
  ...[
    "(",
    "{",
    "[",
    "^[",
    "![](",
    "[](",
    "[[file:",
    "[b=",
    "<a:",
    "~~a ",
    "```a\n",
    "/*",
    "{#",
    "<?a",
    "<table ",
  ],
];

describe.each(Object.entries(readers))("%s", (_, read) => {
  it.each(signs.map((sign) => [sign]))("reads a heap of %j soon", (sign) => {
    const heap = sign.repeat(SIZE / Buffer.byteLength(sign));
    const begun = performance.now();
    read(heap);
    read(`So:${heap}x`);
    expect(performance.now() - begun).toBeLessThan(LONGEST);
  });
});
