import { gzipSync, strToU8 } from "fflate";
import { type Html, html, trusted } from "./html.js";

/**
 * Long texts of a page, each kept once however often it is shown. They lie in the page as one compressed block; the
 * page's script unpacks it when the reader opens the first of them.
 */
export class StoredTexts {
  readonly #places = new Map<string, number>();

  /** The place where a text shows when what it stands in is opened. */
  place(text: string): Html {
    let place = this.#places.get(text);
    if (place === undefined) {
      place = this.#places.size;
      this.#places.set(text, place);
    }
    return html`<div class="stored" data-text="${place}" dir="auto" tabindex="0"></div>`;
  }

  /** The block that holds them all; it belongs at the end of the page. */
  block(): Html {
    const packed = gzipSync(strToU8(JSON.stringify([...this.#places.keys()])), { level: 9, mtime: 0 });
    // Base64 and JSON of numbers: nothing in it can end the element.
    return trusted(
      `<script type="application/octet-stream" id="stored-texts">${Buffer.from(packed).toString("base64")}</script>`,
    );
  }
}
