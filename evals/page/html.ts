/** A piece of HTML in which everything that came from outside has been escaped. Only `html` and `trusted` make one. */
export class Html {
  constructor(readonly markup: string) {}
  toString(): string {
    return this.markup;
  }
}

/** What may stand in a template: text and numbers are escaped, lists are joined, nothing stands for what is absent. */
export type Part = Html | string | number | readonly Part[] | null | undefined | false;

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Text as HTML, in elements and in quoted attributes. What HTML cannot hold is shown: control characters by their
 * pictures (U+2400 and on), halves of broken characters by U+FFFD.
 */
export function escaped(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replace(/[&<>"']/gu, (sign) => entities[sign] ?? sign)
    .replace(/\p{Cc}/gu, (sign) => (/[\t\n\r]/u.test(sign) ? sign : pictureOf(sign.codePointAt(0) ?? 0)));
}

const pictureOf = (code: number): string => (code < 0x20 ? String.fromCodePoint(0x2400 + code) : "\uFFFD");

/** Markup that this program itself wrote (a style sheet, a drawn chart); never for text from outside. */
export const trusted = (markup: string): Html => new Html(markup);

/** Template tag: what stands in the template is markup, what is put in is escaped unless it is `Html` itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((before, string, index) => before + markupOf(parts[index - 1]) + string));
}

function markupOf(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (part instanceof Html) return part.markup;
  if (typeof part === "string") return escaped(part);
  if (typeof part === "number") return String(part);
  return part.map(markupOf).join("");
}
