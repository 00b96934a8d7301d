import { gzipSync } from "node:zlib";
import { type Html, trusted } from "./html.js";

/** JSON that lies in a page as a compressed block under an id, until a script of the page unpacks it. */
export function packedBlock(id: string, value: unknown): Html {
  const packed = gzipSync(JSON.stringify(value), { level: 9 }).toString("base64");
  // Base64: nothing in it can end the element.
  return trusted(`<script type="application/octet-stream" id="${id}">${packed}</script>\n`);
}
