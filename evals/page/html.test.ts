import { expect, it } from "vitest";
import { html, trusted } from "./html.js";

const shown = (text: string) => html`<p title="${text}">${text}</p>`.markup;

it("text never becomes markup, in elements or attributes", () => {
  const markup = shown(`<script>alert("1")</script> & 'x'`);
  const clean = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;";
  expect(markup).toBe(`<p title="${clean}">${clean}</p>`);
});

it("what HTML cannot hold is shown by a sign; lines and tabs stay", () => {
  expect(html`${"a\u0000b\u001Bc\u0085d"}`.markup).toBe("a\u2400b\u241Bc\uFFFDd");
  expect(html`${"half \uD83D, whole 😀"}`.markup).toBe("half \uFFFD, whole 😀");
  expect(html`${"a\n\tb"}`.markup).toBe("a\n\tb");
});

it("lists are joined, nothing stands for what is absent, 0 is a number", () => {
  expect(html`${[html`<b>${1}</b>`, "<", null, undefined, false, 0]}${trusted("<i>")}`.markup).toBe(
    "<b>1</b>&lt;0<i>",
  );
});
