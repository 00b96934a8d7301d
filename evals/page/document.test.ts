import { createHash } from "node:crypto";
import { gunzipSync, strFromU8 } from "fflate";
import { expect, it } from "vitest";
import { pageDocument } from "./document.js";
import { html } from "./html.js";
import { StoredTexts } from "./stored-texts.js";

it("a text is stored once, packed, and comes back as it was", () => {
  const texts = new StoredTexts();
  const hostile = `</script><script>alert(1)</script>\u0000 ${"long ".repeat(5_000)}`;
  expect(texts.place(hostile).markup).toBe(texts.place(hostile).markup);
  texts.place("another");
  const block = texts.block().markup;
  const packed = />([^<]*)<\/script>$/u.exec(block)?.[1] ?? "";
  expect(block.match(/<\/script>/gu)).toHaveLength(1);
  expect(block.length).toBeLessThan(1_000);
  expect(JSON.parse(strFromU8(gunzipSync(Buffer.from(packed, "base64"))))).toEqual([hostile, "another"]);
});

it("only the page's own script may run, and nothing may be fetched", () => {
  const page = pageDocument({
    title: "</title><script>",
    body: html`<main id="main"></main>`,
    texts: new StoredTexts(),
  });
  const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/gu)].map((match) => match[1] ?? "");
  expect(scripts).toHaveLength(1);
  const hash = createHash("sha256")
    .update(scripts[0] ?? "")
    .digest("base64");
  expect(page).toContain(`default-src &#39;none&#39;; script-src &#39;sha256-${hash}&#39;`);
  expect(page).not.toMatch(/(?:src|href)="(?!#|data:)/u);
});
