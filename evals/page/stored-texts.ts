import { gzipSync } from "node:zlib";
import { NumberedTexts } from "../core/grouping.js";
import { type Html, html, trusted } from "./html.js";

/** JSON that lies in a page as a compressed block under an id, until a script of the page unpacks it. */
export function packedBlock(id: string, value: unknown): Html {
  const packed = gzipSync(JSON.stringify(value), { level: 9 }).toString("base64");
  // Base64: nothing in it can end the element.
  return trusted(`<script type="application/octet-stream" id="${id}">${packed}</script>`);
}

/**
 * Long texts of a page, each kept once however often it is shown. They lie in the page as one compressed block; the
 * page's script unpacks it when the reader opens the first of them.
 */
export class StoredTexts {
  readonly #texts = new NumberedTexts();

  /** The element in which a text shows when what it stands in is opened. */
  place(text: string): Html {
    return html`<div class="stored" data-text="${this.#texts.numberOf(text)}" dir="auto" tabindex="0"></div>`;
  }

  /** The block that holds them all; it belongs at the end of the page. */
  block(): Html {
    return packedBlock("stored-texts", this.#texts.all);
  }
}
