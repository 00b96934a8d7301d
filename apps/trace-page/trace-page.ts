import { moment, several, whole } from "../../data/words.js";
import { pageDocument } from "../../evals/page/document.js";
import { type Html, html } from "../../evals/page/html.js";
import { StoredTexts } from "../../evals/page/stored-texts.js";
import { DEFAULT_METHOD } from "../../graphs/methods.js";
import type { TraceAccount, TracedConversation } from "../traces/trace-account.js";
import { traceSummary } from "../traces/trace-account.js";
import { moodChart, type NumberedTurn } from "./mood-chart.js";
import { turnView, workView } from "./run-view.js";
import { traceStyles } from "./trace-styles.js";
import { glossary, methodInWords } from "./words.js";

/**
 * One self-contained page of a trace: every conversation as a transcript, and behind each answer what was noticed,
 * remembered, thought and felt, the mood, the times and the prompts. It asks nothing of the network.
 * @throws SimulacraError `missing_package` where there is a mood to draw and ECharts is not installed
 */
export async function tracePage(account: TraceAccount): Promise<string> {
  const texts = new StoredTexts();
  const { conversations } = account;
  const names = [...new Set(conversations.map(({ character }) => character.name))];
  const title = `${conversations.length === 1 ? "A conversation" : several(conversations.length, "conversation")} with ${names.join(", ")}`;
  const sections = await Promise.all(
    conversations.map((conversation, index) => conversationView(conversation, index + 1, account, texts)),
  );
  const body = html`<header><h1 dir="auto">${title}</h1>
<p class="lead">What was said, and what went on inside before each answer. ${names.length === 1 ? names[0] : "Each of them"} is a computer-generated person: an AI plays the part.</p>
${overview(account)}${problems(account)}
<div class="tools screen"><button type="button" data-open-all aria-pressed="false" hidden>Open all turns</button><span class="small soft">Keys: <kbd>Tab</kbd> to a turn, <kbd>↑</kbd> <kbd>↓</kbd> between turns, <kbd>→</kbd> or <kbd>Enter</kbd> opens, <kbd>Esc</kbd> closes</span></div>
<noscript><p class="note">Scripts are off: everything can be read but the texts of prompts and story passages.</p></noscript></header>
<main id="main" tabindex="-1">${contents(conversations)}${sections}</main>
<footer><h2>Words on this page</h2><dl class="glossary">${glossary.map(([word, meaning]) => html`<dt>${word}</dt><dd>${meaning}</dd>`)}</dl></footer>`;
  return pageDocument({ title, body, texts, styles: traceStyles });
}

function overview(account: TraceAccount): Html {
  const { turns, calls, tokens, consolidations, constructions } = traceSummary(account);
  const first = account.conversations[0];
  const begun = first?.runs[0]?.startedAt;
  const methods = [...new Set(account.conversations.flatMap(({ method }) => method ?? []))];
  const models = [
    ...new Set(account.conversations.flatMap(({ runs }) => runs.flatMap(({ model }) => model ?? []))),
  ];
  return html`<dl class="facts">${begun !== undefined && html`<dt>When</dt><dd>${moment(begun)}</dd>`}
<dt>Length</dt><dd>${several(turns, "turn")}${consolidations > 0 && `, and ${several(consolidations, "thing that was said became a lasting memory", "things that were said became lasting memories")}`}${constructions > 0 && `, ${several(constructions, "memory", "memories")} made of the life story`}</dd>
${methods.length > 0 && html`<dt>Played</dt><dd>${methods.map((method) => methodInWords(method)).join("; ")}</dd>`}
${models.length > 0 && html`<dt>Language model</dt><dd>${models.join(", ")}</dd>`}
<dt>Effort</dt><dd>${several(calls, "model call")}, ${whole(tokens.input)} tokens read, ${whole(tokens.output)} written${tokens.counted && " (counted here where the model reports none)"}</dd></dl>`;
}

function problems({ problems: found }: TraceAccount): Html | undefined {
  if (found.length === 0) return undefined;
  return html`<div class="problems" role="note"><strong>${several(found.length, "line")} of the file could not be read.</strong> Everything else is here.<ul>${found.slice(0, 20).map(({ line, reason }) => html`<li>Line ${line}: ${reason}</li>`)}</ul>${found.length > 20 && html`<p>… and ${found.length - 20} more.</p>`}</div>`;
}

function contents(conversations: readonly TracedConversation[]): Html | undefined {
  if (conversations.length < 2) return undefined;
  return html`<nav aria-label="Conversations"><h2>Conversations</h2><ol>${conversations.map((conversation, index) => html`<li><a href="#conversation-${index + 1}">${heading(conversation)}</a> <span class="small soft">${several(conversation.runs.length, "entry", "entries")}</span></li>`)}</ol></nav>`;
}

function heading({ character, runs, thread, method }: TracedConversation): Html {
  const people = [
    ...new Set(
      runs.flatMap(({ people: present }) =>
        (present ?? []).map(({ id, name }) => (id === "me" ? "you" : (name ?? id))),
      ),
    ),
  ];
  const who = [...people, character.name].map(
    (name, index) => html`${index > 0 && " and "}<bdi>${name}</bdi>`,
  );
  if (!runs.some(({ kind }) => kind === "turn")) return html`Memories of <bdi>${character.name}</bdi>`;
  return html`${thread === undefined && "Single questions: "}${who}${method !== undefined && method !== DEFAULT_METHOD && ` (${method})`}`;
}

async function conversationView(
  conversation: TracedConversation,
  index: number,
  { passages }: TraceAccount,
  texts: StoredTexts,
): Promise<Html> {
  const { character, runs } = conversation;
  const curve =
    runs.filter(({ moodAfter }) => moodAfter !== undefined).length > 1 ? `c${index}-mood` : undefined;
  const props = { character: character.id, name: character.name, passages, texts, curve };
  const turns: NumberedTurn[] = [];
  const rows = runs.map((run, row) => {
    if (run.kind !== "turn") return workView(run, { ...props, anchor: `c${index}-memory-${row + 1}` });
    const number = turns.length + 1;
    const anchor = `c${index}-turn-${number}`;
    turns.push({ number, anchor, run });
    return turnView(run, number, { ...props, anchor });
  });
  const chart = await moodChart(turns, character.name);
  return html`<section id="conversation-${index}"><h2 dir="auto">${heading(conversation)}</h2>
${chart}<ol class="turns">${rows}</ol></section>`;
}
