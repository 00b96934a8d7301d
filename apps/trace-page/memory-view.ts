import { type Html, html } from "../../evals/page/html.js";
import { scoreParts } from "../../evals/page/score-parts.js";
import type { StoredTexts } from "../../evals/page/stored-texts.js";
import { describeMood } from "../../memory/mood.js";
import type { RecalledMemory } from "../../memory/recalled-memory.js";
import { passageId } from "../traces/passages-recalled.js";
import type { TraceAccount } from "../traces/trace-account.js";
import { affectFigures, signed } from "./numbers.js";

export interface MemoryViewProps {
  character: string;
  passages: TraceAccount["passages"];
  texts: StoredTexts;
}

/** A recalled memory: its words, where they come from, and why it came to mind. */
export function memoryView(memory: RecalledMemory, props: MemoryViewProps): Html {
  const { thinking, emotion, valence, arousal } = memory;
  const affect = valence === undefined || arousal === undefined ? undefined : { valence, arousal };
  const then =
    (thinking ?? emotion) !== undefined &&
    html`<details><summary>What was thought and felt then</summary>
${thinking && html`<p class="said" dir="auto">${thinking}</p>`}
${emotion && html`<p class="said" dir="auto">${emotion}</p>`}
${affect && html`<p class="small soft">${describeMood(affect)}: ${affectFigures(affect)}</p>`}</details>`;
  return html`<li class="memory"><p class="said" dir="auto">${memory.text}</p>
${then}
${source(memory, props)}
<details><summary>Why this came to mind <span class="small soft number">score ${memory.score.toFixed(2)}</span></summary>${parts(memory)}</details></li>`;
}

function source({ source, kind }: RecalledMemory, { character, passages, texts }: MemoryViewProps): Html {
  if (source.kind === "thread") {
    const [first, last] = source.turns;
    const turns = first === last ? `turn ${first}` : `turns ${first} to ${last}`;
    return html`<p class="small soft">From ${kind === "short" ? "an earlier part of a conversation" : "a lasting memory of a conversation"} (${turns} of <bdi>${source.thread}</bdi>).</p>`;
  }
  const id = passageId(character, source);
  const passage = id === undefined ? undefined : passages.get(id);
  if (passage !== undefined)
    return html`<details><summary>From the life story, ${passage.name}</summary>${texts.place(passage.text)}</details>`;
  return html`<p class="small soft">From the life story${source.paragraphs !== undefined && `, paragraphs ${source.paragraphs[0]} to ${source.paragraphs[1]}`}. The passage itself is not in this file.</p>`;
}

function parts(memory: RecalledMemory): Html {
  const rows = Object.entries(scoreParts).flatMap(([part, [name, meaning]]) => {
    const value = memory.parts[part as keyof typeof scoreParts];
    return value === undefined
      ? []
      : [
          html`<tr><th scope="row">${name}<div class="small soft">${meaning}</div></th><td class="number">${signed(value)}</td></tr>`,
        ];
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Parts of the score"><table><thead><tr><th scope="col">Part of the score</th><th scope="col" class="number">Value</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
