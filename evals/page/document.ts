import { createHash } from "node:crypto";
import { type Html, html, trusted } from "./html.js";
import { pageScript } from "./page-script.js";
import { pageStyles } from "./page-styles.js";
import type { StoredTexts } from "./stored-texts.js";

/** What a page is made of. */
interface PageParts {
  title: string;
  body: Html;
  /** Long texts that are shown when what they stand in is opened. */
  texts?: StoredTexts;
  /** CSS of this kind of page, after the common one. */
  styles?: string;
  /** Script of this kind of page, after the common one. */
  script?: string;
  /** Data of the page, before the scripts: packed blocks that nothing shows until a script unpacks them. */
  blocks?: Html;
}

/**
 * One self-contained page. Its policy forbids every request, and every script but the page's own ones (by hash): markup that
 * slipped in from outside could neither run nor send anything.
 */
export function pageDocument({ title, body, texts, styles = "", script, blocks }: PageParts): string {
  const scripts = [pageScript, ...(script === undefined ? [] : [script])];
  const hashes = scripts.map((each) => `'sha256-${createHash("sha256").update(each).digest("base64")}'`);
  const policy = `default-src 'none'; script-src ${hashes.join(" ")}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>\n${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(pageStyles + styles)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${body}
${texts?.block()}${blocks}
${scripts.map((each) => html`<script>${trusted(each)}</script>`)}
</body>
</html>
`}`;
}
