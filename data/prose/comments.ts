/**
 * What its author sees and no reader does: comments of HTML, Markdown, Obsidian, template languages, AsciiDoc and LaTeX,
 * and what is marked as struck out or remarked upon (CriticMarkup). A comment of HTML that nobody closed reaches to the end,
 * as browsers and Markdown have it.
 */
const comments: readonly (RegExp | readonly [RegExp, closed: string])[] = [
  /<!--(?:-?>|[\s\S]*?(?:--!?>|$))/g,
  [/<!\[(?:CDATA\[)?[^\]>]*\]{0,2}>|<\?[a-z][^>]*\??>|<!doctype\b[^>]*>/gi, ">"],
  /%%[\s\S]*?%%/g,
  [/\{\{!--[\s\S]*?--\}\}/g, "--}}"],
  [/\{\{![\s\S]*?\}\}/g, "}}"],
  [/\{#[\s\S]*?#\}/g, "#}"],
  [/\{%\s*comment[\s\S]*?endcomment\s*%\}/g, "%}"],
  [/\{>>[\s\S]*?<<\}/g, "<<}"],
  [/\{--[\s\S]*?--\}/g, "--}"],
  /^\/{4,}\n[\s\S]*?(?:^\/{4,}$|$(?![\s\S]))/gm,
  [/\/\*[\s\S]*?\*\//g, "*/"],
  /^#\+begin_comment[\s\S]*?^#\+end_comment.*$/gim,
  // Link definitions, of which `[//]: # (…)` is one, are never shown.
  /^ {0,3}\[(?:\/\/|comment|_|\/\/\/)\]:[^\n]*\([^)]*\)[ \t]*$/gim,
  /^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?:#|<[^>\n]*>|\S+)(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^)]*\)))?[ \t]*$/gm,
  /^[ \t]*(?:\/\/(?!\/)[ \t]|%[ \t]|\.\. [^\n]|#\+\w+:).*$/gm,
];

/**
 * Looks no further than the last sign that closes: of many that open and none that closes, each would be followed to the end.
 */
function replaced(text: string, pattern: RegExp, by: string, closed: string): string {
  const at = text.lastIndexOf(closed);
  if (at < 0) return text;
  const end = at + closed.length;
  return `${text.slice(0, end).replace(pattern, by)}${text.slice(end)}`;
}

/** The text without anything that is only there for its author. */
export function withoutComments(text: string): string {
  const seen = comments.reduce<string>(
    (left, comment) =>
      comment instanceof RegExp ? left.replace(comment, "") : replaced(left, comment[0], "", comment[1]),
    text,
  );
  return replaced(seen, /\{~~[\s\S]*?~>([\s\S]*?)~~\}/g, "$1", "~~}").replace(
    /\{(?:\+\+|==)([\s\S]*?)(?:\+\+|==)\}/g,
    "$1",
  );
}
