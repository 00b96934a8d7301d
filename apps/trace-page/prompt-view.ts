import { whole } from "../../data/words.js";
import { type Html, html } from "../../evals/page/html.js";
import type { StoredTexts } from "../../evals/page/stored-texts.js";
import { promptSections } from "../../models/index.js";
import type { TracedCall } from "../traces/traced-run.js";
import { roleInWords, sectionInWords } from "./words.js";

/** One prompt: its sections with their shares, each text to be opened, and what the model said. */
export function promptView(call: TracedCall, texts: StoredTexts): Html {
  const sections = promptSections(call.messages);
  const sum = Math.max(
    1,
    sections.reduce((before, { tokens }) => before + tokens, 0),
  );
  return html`<details class="prompt"><summary><h3>${roleInWords(call.role)}</h3> <span class="small soft">${whole(sum)} tokens in ${sections.length} sections${call.reask && ", asked once more"}${call.error !== undefined && ", failed"}</span></summary>
<ol class="sections">${sections.map(
    ({ name, text, tokens }) => html`<li><details><summary><span>${sectionInWords(name)}</span>
<span class="number small">${whole(tokens)} tokens, ${share(tokens, sum)}</span><span class="track"><span class="bar" style="width:${((100 * tokens) / sum).toFixed(2)}%"></span></span></summary>${texts.place(text)}</details></li>`,
  )}</ol>
${reply(call, texts)}</details>`;
}

function reply({ text, error, tokens, counted }: TracedCall, texts: StoredTexts): Html {
  if (text === undefined) return html`<p><strong>No reply.</strong> ${error}</p>`;
  return html`<details class="reply"><summary>What the model replied <span class="number small soft">${whole(tokens.output)} tokens${counted && ", counted here: the model reports none"}</span></summary>${texts.place(text)}</details>`;
}

function share(part: number, all: number): string {
  const percent = (100 * part) / all;
  return percent > 0 && percent < 1 ? "under 1 %" : `${Math.round(percent)} %`;
}
