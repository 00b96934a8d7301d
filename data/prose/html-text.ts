import { withoutEntities } from "./entities.js";

/** Elements whose inside is not the text: code, headings, comments and deletions of word processors, tables. */
const hidden = new Set(
  "head title style script noscript template svg math iframe object select del s strike h1 h2 h3 h4 h5 h6 w:del w:comment o:documentproperties xml table nav".split(
    " ",
  ),
);
const blocks = new Set(
  "p div section article main header footer blockquote ul ol dl dt dd pre figure figcaption aside address details summary hr body html tr form fieldset center".split(
    " ",
  ),
);
const inline = new Set(
  "a abbr acronym b bdi bdo big br cite code em font i img input ins kbd label li link mark meta nobr q rp rt ruby samp small span strong sub sup td th tt u var wbr caption tbody thead tfoot col colgroup button video audio source picture".split(
    " ",
  ),
);
const empty = new Set(["br", "hr", "img", "input", "link", "meta", "wbr", "col", "source"]);
/** What word processors write of comments, headings and lists of contents, and what is not displayed. */
const hiddenBy =
  /mso-element:\s*comment|MsoComment(?:Text|Reference|Subject)|\bMso(?:Title|Subtitle|Heading\w*|Toc\w*)\b|display:\s*none|\shidden(?=[\s=>])|mso-hide:\s*all/i;
const tag = /<(\/?)([a-zA-Z][\w:-]*)((?:\s[^<>]*)?)\/?>/g;

/** The text of HTML, and of Markdown with HTML in it: hidden parts gone, blocks as paragraphs, entities as characters. */
export function withoutHtml(html: string): string {
  const text = unwrapped(html);
  let kept = "";
  let last = 0;
  let inside: { name: string; depth: number } | undefined;
  for (const { 0: whole, 1: closing, 2: written = "", 3: attributes = "", index } of text.matchAll(tag)) {
    const name = written.toLowerCase();
    const known = hidden.has(name) || blocks.has(name) || inline.has(name) || name.includes(":");
    if (!known) continue;
    if (inside) {
      if (name !== inside.name) continue;
      inside.depth += closing ? -1 : 1;
      if (inside.depth > 0) continue;
      inside = undefined;
      last = index + whole.length;
      kept += separatorOf(name);
      continue;
    }
    kept += text.slice(last, index) + separatorOf(name, Boolean(closing));
    last = index + whole.length;
    if (
      !closing &&
      !empty.has(name) &&
      !whole.endsWith("/>") &&
      (hidden.has(name) || hiddenBy.test(attributes))
    )
      inside = { name, depth: 1 };
  }
  // What was opened and never closed hides nothing but its own tag: a story is not lost to a typing error.
  return withoutEntities(kept + text.slice(last));
}

function separatorOf(name: string, closing = false): string {
  if (name === "br") return "\n";
  if (name === "li") return closing ? "" : "\n- ";
  return blocks.has(name) || /^(?:h[1-6]|table)$/.test(name) ? "\n\n" : "";
}

/** Tables of one column only lay out a page. */
function unwrapped(text: string): string {
  // Looked for no further than the last one ends: each that nobody closed would be followed to the end of the text.
  const end = [...text.matchAll(/<\/table>/gi)].at(-1)?.index;
  if (end === undefined) return text;
  const after = end + "</table>".length;
  const closed = text
    .slice(0, after)
    .replace(/<table\b[\s\S]*?<\/table>/gi, (table) =>
      (table.match(/<t[dh]\b/gi)?.length ?? 0) <= Math.max(1, table.match(/<tr\b/gi)?.length ?? 0)
        ? table.replace(/<\/?(?:table|tr|td|th)\b[^>]*>/gi, "\n\n")
        : table,
    );
  return closed + text.slice(after);
}
