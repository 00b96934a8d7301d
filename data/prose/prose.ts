import { withoutComments } from "./comments.js";
import { frontMatter } from "./front-matter.js";
import { withoutHtml } from "./html-text.js";
import { withPlainLineEnds } from "./line-ends.js";
import { withoutInlineMarkup, withoutMarkdown } from "./markdown-text.js";
import { paragraphsOf } from "./paragraphs.js";

/** As `withPlainLineEnds`, all spaces as plain ones, and nothing that nobody sees, save the joiners of scripts and emoji. */
const withPlainLines = (text: string): string =>
  withPlainLineEnds(text)
    .replace(/\u00ad\n?|(?![\u200c\u200d])\p{Cf}/gu, "")
    .replace(/\p{Zs}/gu, " ");

function cleaned(text: string): string {
  const seen = withoutMarkdown(withPlainLines(withoutHtml(withoutComments(frontMatter(text).body))));
  // Where something stood between two words, one space is left of two. A text that holds no markup keeps its own.
  return paragraphsOf(seen === text ? text : seen.replace(/(?<=\S) {2,}/g, " ")).join("\n\n");
}

/** So often is a text cleaned until nothing changes any more: entities and escapes may hide markup. */
const mostPasses = 4;

/**
 * The paragraphs that a reader of the text would see, a blank line between them: no comments, front matter, headings, tables,
 * rules or markup (Markdown, HTML, what word processors paste), wrapped lines put together. The prose of prose is itself.
 */
export function proseOf(text: string): string {
  let prose = withPlainLines(text);
  for (let pass = 0; pass < mostPasses; pass++) {
    const next = cleaned(prose);
    if (next === prose) break;
    prose = next;
  }
  return prose;
}

/** A short text (a fact, a name, a trait) without comments and markup, on its own lines. */
export const plainText = (text: string): string =>
  /[<>%*_&[{~`\\/\p{Cf}]/u.test(text)
    ? withoutInlineMarkup(withoutHtml(withoutComments(withPlainLines(text)))).trim()
    : text;
