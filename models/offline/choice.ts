import type { ReadPrompt, Sentence } from "./read-prompt.js";
import { Relevance } from "./relevance.js";
import { contentStems } from "./words.js";

/** A choice question: what is asked, and the options by letter. */
export interface Choice {
  stem: string;
  options: readonly { letter: string; text: string }[];
  /** Several letters may be right; a number where the question says how many. */
  several: boolean;
  howMany: number | undefined;
}

const numbers: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4, five: 5 };

/** Reads options marked A, B, C … in order, on lines of their own or in one line; undefined where there are none. */
export function readChoice(text: string): Choice | undefined {
  const marks = [...text.matchAll(/(?<![\p{L}\p{N}])\(?([A-H])[.):]\s*(?=\S)/gu)];
  const options: { letter: string; from: number; start: number }[] = [];
  for (const mark of marks) {
    const expected = String.fromCharCode(65 + options.length);
    if (mark[1] === expected)
      options.push({ letter: expected, from: mark.index, start: mark.index + mark[0].length });
  }
  const [first] = options;
  if (!first || options.length < 2) return undefined;
  const read = options.map(({ letter, start }, index) => {
    const end = options[index + 1]?.from ?? text.length;
    const line = text.slice(start, end);
    // What follows the last option on a line of its own is an instruction.
    const own = index === options.length - 1 ? (line.split("\n")[0] ?? line) : line;
    return { letter, text: own.trim().replace(/[;,]$/, "") };
  });
  const last = options.at(-1);
  const after = text.slice((last?.start ?? 0) + (read.at(-1)?.text.length ?? 0));
  const said = `${text.slice(0, first.from)} ${after}`;
  const howMany =
    /\b(?:choose|select|pick|which|exactly|mark|give|name)\s+(?:the\s+)?(two|three|four|five|[2-5])\b|\b(two|three|four|five|[2-5])\s+(?:\w+\s+)?(?:are|options|answers|letters|statements|choices)\b/i.exec(
      said,
    );
  const word = (howMany?.[1] ?? howMany?.[2])?.toLowerCase();
  const count = word === undefined ? undefined : (numbers[word] ?? Number(word));
  const several =
    count !== undefined ||
    /\b(?:all that apply|select all|multiple|one or more|several|more than one|letters\b(?! only one))/i.test(
      said,
    );
  const single = /\b(?:one letter|single|only one|exactly one|the letter)\b/i.test(said);
  return {
    stem: text.slice(0, first.from).trim(),
    options: read,
    several: several && !single,
    howMany: count,
  };
}

/** How well the prompt's sentences support each option of a choice, in order of the options. */
export function supportOfOptions(choice: Choice, sentences: readonly Sentence[]): number[] {
  const relevance = new Relevance(sentences);
  const asked = contentStems(choice.stem);
  return choice.options.map((option) => {
    const stems = contentStems(option.text);
    const own = stems.filter((stem) => !asked.includes(stem));
    const wanted = own.length > 0 ? own : stems;
    let best = 0;
    for (const [index, sentence] of sentences.entries()) {
      const near = new Set([...sentence.stems, ...neighbours(sentences, index)]);
      const share =
        0.75 * relevance.share(wanted, new Set(sentence.stems)) + 0.25 * relevance.share(wanted, near);
      if (share > 0) best = Math.max(best, share * (0.6 + 0.4 * relevance.share(asked, near)));
    }
    return best;
  });
}

function neighbours(sentences: readonly Sentence[], index: number): readonly string[] {
  const { paragraph } = sentences[index] as Sentence;
  return [sentences[index - 1], sentences[index + 1]].flatMap((one) =>
    one?.paragraph === paragraph ? one.stems : [],
  );
}

/** The letters that the prompt supports best: one, as many as asked for, or all that come near the best. */
export function chooseLetters(choice: Choice, prompt: ReadPrompt): string[] {
  const support = supportOfOptions(
    choice,
    prompt.sentences.filter((sentence) => sentence.origin !== "assistant"),
  );
  const ranked = choice.options
    .map(({ letter }, index) => ({ letter, support: support[index] ?? 0 }))
    .sort((a, b) => b.support - a.support || a.letter.localeCompare(b.letter));
  const best = ranked[0]?.support ?? 0;
  const count = !choice.several
    ? 1
    : (choice.howMany ?? Math.max(1, ranked.filter((one) => best > 0 && one.support >= 0.7 * best).length));
  return ranked
    .slice(0, count)
    .map(({ letter }) => letter)
    .sort();
}
