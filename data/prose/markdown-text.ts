/** A line that only separates or underlines: no letter and no digit in it. */
const isRule = (line: string): boolean =>
  line.trim() !== "" && !/[\p{L}\p{N}]/u.test(line) && !/[?!？！…"“”«»]/u.test(line);
const isTableRule = (line: string): boolean =>
  line.includes("|") && /^\|?\s*:?-{2,}:?(?:\s*\|\s*:?-{2,}:?)*\s*\|?$/.test(line.trim());
const isTableRow = (line: string): boolean => /^\s*\|.*\|\s*$/.test(line) || /\S\s*\|\s*\S/.test(line);
const heading =
  /^\s{0,3}(?:#{1,6}(?:\s|$)|={2,6}\s*\S.*\S\s*={2,6}\s*$|(?:\*\*|__)[^*_.!?]{1,80}(?:\*\*|__)\s*(?::\s*)?$)/u;
const chapter =
  /^\s*(?:(?:chapter|part|book|section|prologue|epilogue|kapitel|teil|chapitre|partie|cap[ií]tulo|capitolo|parte|глава|часть|الفصل)(?:\s+[\p{L}\p{N}]{1,12})?(?:\s*[:.–—-]\s*.{0,60})?|第[\d一二三四五六七八九十百零〇]+[章节節回部].{0,30})\s*$/iu;
/** What a note at the foot of the page says. */
const note = /^\s{0,3}\[\^[^\]\n]+\]:/u;
const onlyTags = /^\s*(?:#[\p{L}\p{N}_/-]+\s*)+$/u;

/** Does this line look like the title that an underline (`===`, `---`) makes of it? */
const isTitle = (line: string): boolean =>
  line.trim().length <= 80 && !/[.!?。！？"”»:;,]\s*$/u.test(line.trim());

/**
 * Markup inside a line, and what stands for it. Images, notes and marks for programs stand for nothing. What is between two
 * marks never holds the opening one, or a heap of these takes time in the square of its length.
 */
const inLine: readonly (readonly [RegExp, string])[] = [
  [/!\[\[[^\][\n]*\]\]|!\[(?:[^\][\n]|\[[^\][\n]*\])*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\][\n]*\])/g, ""],
  [/\[\[(?:category|file|image):(?:[^\][\n]|\[\[?[^\][\n]*\]\]?)*\]\]/gi, ""],
  [/\[\[(?:[^\][|\n]*\|)?([^\][|\n]*)\]\]/g, "$1"],
  [/\[\^[^\][\n]+\]:?|\^\[(?:[^\][\n]|\[[^\][\n]*\])*\]|\[@[^\][\n]+\]|\[citation needed\]/gi, ""],
  [/\[([^\][\n]+)\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\]\n]*\])/g, "$1"],
  [/(?<=[\p{L}\p{P}])\[\d{1,3}\]/gu, ""],
  [/(?<=[\p{L}.,;:!?"”’)])[¹²³⁰⁴-⁹]+/gu, ""],
  [/<(?:https?:|mailto:)[^<>\s]*>/gi, ""],
  [/\{[#.:][\w\s.#=":-]*\}|\{\{[^{}\n]*\}\}|(?<=\s)\^[\w-]+\s*$/g, ""],
  [/\[\/?(?:b|i|u|s|url|img|quote|color|size|center|font|spoiler)(?:=[^\][\n]*)?\]/gi, ""],
  [/~~(?=\S)(?:[^~\n]|~(?!~))*?(?<=\S)~~/g, ""],
  [/'{2,5}([^'\n]+)'{2,5}/g, "$1"],
  [/`{1,2}([^`\n]+)`{1,2}/g, "$1"],
  [/==(?=\S)([^=\n]+)(?<=\S)==/g, "$1"],
  [/(?<![\p{L}\p{N}\\*])\*{1,3}(?=[^\s*])([^*]+?)(?<=[^\s*\\])\*{1,3}(?![\p{L}\p{N}*])/gu, "$1"],
  [/(?<![\p{L}\p{N}\\_])_{1,3}(?=[^\s_])([^_]+?)(?<=[^\s_\\])_{1,3}(?![\p{L}\p{N}_])/gu, "$1"],
  [/\\([\\`*_{}[\]()#+.!|>~-])/g, "$1"],
];

/** Text without the markup of emphasis, links, images and notes. */
export const withoutInlineMarkup = (text: string): string =>
  inLine.reduce((left, [pattern, by]) => left.replace(pattern, by), text);

/** The text of Markdown: headings, rules, tables and fences gone, quotations and emphasis without their marks. */
export function withoutMarkdown(text: string): string {
  const lines = withoutFences(text.split("\n")).map((line) =>
    line.replace(/^\s{0,3}(?:>\s?)+(?:\[![\w-]+\][+-]?.*$)?/u, ""),
  );
  const kept = lines.map((line, at) => {
    const next = lines[at + 1] ?? "";
    const underlined =
      /^\s{0,3}(?:=+|-{2,})\s*$/.test(next) && (lines[at - 1] ?? "").trim() === "" && isTitle(line);
    const gone =
      note.test(line) ||
      isRule(line) ||
      heading.test(line) ||
      chapter.test(line) ||
      onlyTags.test(line) ||
      underlined;
    return gone ? "" : line.replace(/^(\s*)[*+•‣▪]\s+/u, "$1- ").replace(/^(\s*- )\[[ xX]\]\s+/, "$1");
  });
  return withoutInlineMarkup(withoutTables(lines, kept).join("\n"));
}

/** "| one | two |": three bars, one at each end. */
const isBetweenBars = (line: string): boolean => {
  const second = line.indexOf("|", 1);
  return line.startsWith("|") && line.endsWith("|") && second > 0 && second < line.length - 1;
};

/** Code of a named language is gone up to its end; other fences leave their inside. */
function withoutFences(lines: readonly string[]): string[] {
  const fences = lines.map((line) => /^[ \t]*(```|~~~)[ \t]*$/.exec(line)?.[1]);
  const last = new Map(fences.map((fence, at) => [fence, at]));
  const kept: string[] = [];
  let open: string | undefined;
  for (const [at, line] of lines.entries()) {
    if (open !== undefined) {
      if (fences[at] === open) open = undefined;
      continue;
    }
    const fence = /^[ \t]*(```|~~~)[ \t]*[\w-]/.exec(line)?.[1];
    if (fence !== undefined && (last.get(fence) ?? -1) > at) open = fence;
    kept.push(open !== undefined || fences[at] !== undefined ? "" : line);
  }
  return kept;
}

/** Empties the lines of tables: rows around a line of dashes, and rows between bars. */
function withoutTables(lines: readonly string[], kept: readonly string[]): string[] {
  const gone = new Set<number>();
  for (const [at, line] of lines.entries()) {
    if (!isTableRule(line)) {
      if (isBetweenBars(line.trim())) gone.add(at);
      continue;
    }
    for (const step of [-1, 1])
      for (let row = at + step; isTableRow(lines[row] ?? ""); row += step) gone.add(row);
  }
  return kept.map((line, at) => (gone.has(at) ? "" : line));
}
