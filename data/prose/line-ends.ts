/** What ends a line somewhere: CR, vertical tab, form feed, the separators of old data files, NEL, the line separator. */
const lineEnds = new Set(["\v", "\f", "\u001c", "\u001d", "\u001e", "\u001f", "\u0085", "\u2028"]);

/** Line ends of all systems as `\n`, a paragraph separator as a blank line: what parted words still does. */
export const withPlainLineEnds = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/(?!\n)[\p{Cc}\p{Zl}]/gu, (sign) => (lineEnds.has(sign) ? "\n" : sign))
    .replace(/\p{Zp}/gu, "\n\n");
