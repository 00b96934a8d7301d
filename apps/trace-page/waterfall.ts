import { duration, whole } from "../../data/words.js";
import { type Html, html } from "../../evals/page/html.js";
import type { TracedCall, TracedRun, TracedStep } from "../traces/traced-run.js";
import { stepInWords } from "./words.js";

/** The times of a run as bars under each other: when each step began and how long it took, in words as well. */
export function waterfall(run: TracedRun): Html {
  const whole = Math.max(1, run.ms);
  return html`<div class="waterfall" role="list">${run.steps.map((step) => stepRow(step, whole))}</div>
<p class="small soft">Together ${duration(run.ms)}. Steps whose bars overlap ran at the same time.</p>`;
}

function stepRow(step: TracedStep, all: number): Html {
  const tokens = step.calls.map(callText).join("; ");
  return html`<div class="step" role="listitem"><span>${step.does ?? stepInWords(step.name)}${step.error !== undefined && html` <strong>(failed)</strong>`}</span>
<span class="track"><span class="bar" style="margin-left:${percent(Math.min(step.offset, all * 0.99), all)};width:${percent(step.ms, all)}"></span></span>
<span class="number small">${duration(step.ms)}</span>
<span class="small soft detail">from ${duration(step.offset)}${tokens === "" ? ", no model call" : ` · ${tokens}`}</span></div>`;
}

const callText = ({ tokens, model, reask }: TracedCall): string =>
  `${reask ? "asked once more: " : ""}${model ?? "model"}, ${whole(tokens.input)} tokens read, ${whole(tokens.output)} written`;

const percent = (part: number, all: number): string => `${Math.min(100, (100 * part) / all).toFixed(2)}%`;
