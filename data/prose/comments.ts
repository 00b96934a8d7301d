/**
 * What its author sees and no reader does: comments of HTML, Markdown, Obsidian, template languages, AsciiDoc and LaTeX,
 * and what is marked as struck out or remarked upon (CriticMarkup). A comment of HTML that nobody closed reaches to the end,
 * as browsers and Markdown have it.
 */
const comments: readonly RegExp[] = [
  /<!--(?:-?>|[\s\S]*?(?:--!?>|$))/g,
  /<!\[(?:CDATA\[)?[^\]>]*\]{0,2}>|<\?[a-z][^>]*\??>|<!doctype\b[^>]*>/gi,
  /%%[\s\S]*?%%/g,
  /\{\{!--[\s\S]*?--\}\}|\{\{![\s\S]*?\}\}|\{#[\s\S]*?#\}|\{%\s*comment[\s\S]*?endcomment\s*%\}/g,
  /\{>>[\s\S]*?<<\}|\{--[\s\S]*?--\}/g,
  /^\/{4,}\n[\s\S]*?(?:^\/{4,}$|$(?![\s\S]))/gm,
  /\/\*[\s\S]*?\*\//g,
  /^#\+begin_comment[\s\S]*?^#\+end_comment.*$/gim,
  // Link definitions, of which `[//]: # (…)` is one, are never shown.
  /^ {0,3}\[(?:\/\/|comment|_|\/\/\/)\]:[^\n]*\([^)]*\)[ \t]*$/gim,
  /^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?:#|<[^>\n]*>|\S+)(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^)]*\)))?[ \t]*$/gm,
  /^[ \t]*(?:\/\/(?!\/)[ \t]|%[ \t]|\.\. [^\n]|#\+\w+:).*$/gm,
];

/** The text without anything that is only there for its author. */
export const withoutComments = (text: string): string =>
  comments
    .reduce((left, comment) => left.replace(comment, ""), text)
    .replace(/\{~~[\s\S]*?~>([\s\S]*?)~~\}|\{(?:\+\+|==)([\s\S]*?)(?:\+\+|==)\}/g, "$1$2");
