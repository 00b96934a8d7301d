import { duration, several, whole } from "../../data/words.js";
import { type Html, html } from "../../evals/page/html.js";
import { describeMood } from "../../memory/mood.js";
import { effort, type TracedRun } from "../traces/traced-run.js";
import { type MemoryViewProps, memoryView } from "./memory-view.js";
import { moodOfTurn } from "./mood-of-turn.js";
import { clock } from "./numbers.js";
import { promptView } from "./prompt-view.js";
import { waterfall } from "./waterfall.js";
import { failureInWords, hasMind, refusalInWords } from "./words.js";

/** What a run is shown with. */
export interface RunViewProps extends MemoryViewProps {
  name: string;
  anchor: string;
  /** Whether the conversation has a curve of the mood. */
  curve: string | undefined;
}

/** A turn: what was said, the answer, and behind it what went on inside. */
export function turnView(run: TracedRun, number: number, props: RunViewProps): Html {
  const speaker = (name?: string) => run.people?.find(({ id }) => id === name)?.name ?? name ?? "Said";
  const said = run.said ?? [];
  return html`<li class="turn" id="${props.anchor}"><h3 class="place">Turn ${number} <span class="small soft">${clock(run.startedAt)}</span></h3>
<div class="talk">${said.length === 0 && html`<p class="soft">What was said is not in this file.</p>`}${said.map(({ name, text }) => html`<p class="line"><b dir="auto">${speaker(name) === "me" ? "You" : speaker(name)}</b><span class="said" dir="auto">${text}</span></p>`)}
<p class="line answer"><b dir="auto">${props.name}</b>${answer(run)}</p>
${notes(run)}
<details data-row><summary>Behind this answer <span class="small soft gist">${gist(run)}</span></summary><div class="inside">${inside(run, props)}</div></details></div></li>`;
}

/** Work between turns: an episode that became a lasting memory, or a passage that became one. */
export function workView(run: TracedRun, props: RunViewProps): Html {
  const what =
    run.kind === "consolidation"
      ? "Between turns: something said becomes a lasting memory"
      : "A passage of the life story becomes a memory";
  return html`<li class="turn work" id="${props.anchor}"><h3 class="place">Memory <span class="small soft">${clock(run.startedAt)}</span></h3>
<div class="talk"><p><em>${what}.</em></p>${notes(run)}
<details data-row><summary>What was made of it <span class="small soft gist">${cost(run)}</span></summary><div class="inside">
${run.refusal && html`<p>${refusalInWords(run.refusal)}</p>`}
${part("What happened", run.content && words(run.content))}
${part("What was thought", run.reasoning && words(run.reasoning.thinking))}
${part("How it felt", run.feeling && words(run.feeling.text))}
${part("In short", run.summary && words(run.summary))}
${(run.outdated?.length ?? 0) > 0 && html`<p>It takes the place of ${several(run.outdated?.length ?? 0, "older memory", "older memories")}.</p>`}
${technical(run, props)}</div></details></div></li>`;
}

const words = (text: string): Html => html`<p class="said" dir="auto">${text}</p>`;

function answer(run: TracedRun): Html {
  if (run.answer !== undefined) return html`<span class="said" dir="auto">${run.answer}</span>`;
  return html`<span><em>No answer.</em> ${run.ended ? run.error : "The file ends before this turn did: the program was stopped."}</span>`;
}

function notes({ faults, degraded, guard, answer: given, error }: TracedRun): Html[] {
  const failed = new Set([
    ...(degraded ?? []),
    ...Object.entries(faults ?? {}).flatMap(([agent, why]) => (why ? [agent] : [])),
  ]);
  return [
    ...[...failed].map(
      (agent) =>
        html`<p class="note"><strong>Note:</strong> ${failureInWords(agent)} ${why(faults, agent)}</p>`,
    ),
    ...(guard ?? []).map(
      ({ on, action, reason }) =>
        html`<p class="note"><strong>A guard</strong> ${action === "stop" ? "stopped" : "replaced"} ${on === "stimulus" ? "what was said" : "the answer"}: ${reason}</p>`,
    ),
    ...(error !== undefined && given !== undefined
      ? [html`<p class="note"><strong>It ended with an error:</strong> ${error}</p>`]
      : []),
  ];
}

const why = (faults: TracedRun["faults"], agent: string): string | null | undefined =>
  Object.entries(faults ?? {}).find(([name]) => name === agent)?.[1];

/** The turn in a line, so that a reader sees which one to open. */
function gist(run: TracedRun): string {
  const count = run.recollection?.memories.length ?? 0;
  const mind =
    run.recollection === undefined
      ? []
      : [count === 0 ? "nothing remembered" : `${several(count, "memory", "memories")}`];
  const felt = run.feeling ? [`felt ${describeMood(run.feeling)}`] : [];
  return [...mind, ...felt, duration(run.ms)].join(" · ");
}

function cost(run: TracedRun): string {
  const { calls, inputTokens, outputTokens } = effort(run);
  return `${several(calls, "model call")}, ${whole(inputTokens)} tokens read, ${whole(outputTokens)} written, ${duration(run.ms)}`;
}

function inside(run: TracedRun, props: RunViewProps): Html {
  const { reflection, recollection, thought, feeling, passages } = run;
  const mind =
    reflection !== undefined || recollection !== undefined || thought !== undefined || feeling !== undefined;
  return html`${!mind && html`<p class="soft">${hasMind(run.method) ? "Nothing of the mind is in this file." : "This way of playing a character answers in one step; there is no inner life to show."}</p>`}
${part("Noticed", reflection && html`<ul>${reflection.keyElements.map((element) => html`<li dir="auto">${element}</li>`)}</ul><p class="small soft">${reflection.asksForMemory ? "To answer, something has to be remembered." : "Nothing has to be remembered for the answer."} Looked for:</p><ul class="small">${reflection.queries.map((query) => html`<li dir="auto">${query}</li>`)}</ul>`)}
${part("Remembered", recollection && remembered(recollection, props))}
${part("Passages of the life story", passages && html`<ol>${passages.map((passage) => html`<li>${words(passage)}</li>`)}</ol>`)}
${part("Thought", thought && words(thought))}
${part("Felt", feeling && words(feeling.text))}
${run.added.map(({ title, text }) => part(title, words(text)))}
${part("Mood", moodOfTurn(run, props.curve))}
${technical(run, props)}`;
}

function remembered(
  { memories, nothingRelevant, someoneElse }: NonNullable<TracedRun["recollection"]>,
  props: RunViewProps,
): Html {
  if (memories.length === 0) return html`<p class="soft">Nothing that has to do with it.</p>`;
  return html`${nothingRelevant && html`<p class="note"><strong>Not sure:</strong> nothing clearly answers; these only come nearest, and the person is told so.</p>`}
${someoneElse && html`<p class="note"><strong>Somebody else’s:</strong> the best match tells of another person.</p>`}
<ol class="memories">${memories.map((memory) => memoryView(memory, props))}</ol>`;
}

/** Times and prompts: what a developer asks for, behind what a psychologist asks for. */
function technical(run: TracedRun, { texts }: RunViewProps): Html {
  const calls = run.steps.flatMap((step) => step.calls);
  return html`${part("Times", run.steps.length > 0 && waterfall(run))}
${part("Prompts", calls.length > 0 && html`<p class="small soft">What each agent was given to read, by sections. ${cost(run)}.</p>${calls.map((call) => promptView(call, texts))}`)}`;
}

const part = (title: string, body: Html | "" | false | undefined): Html | false =>
  body instanceof Object && html`<section class="part"><h4>${title}</h4><div>${body}</div></section>`;
