import { type Html, html } from "../../evals/page/html.js";
import { describeMood } from "../../memory/mood.js";
import type { TracedRun } from "../traces/traced-run.js";
import { affectCells } from "./numbers.js";

/** The mood before a turn, the feeling in it and the mood after, as a small table. */
export function moodOfTurn(
  { moodBefore, feeling, moodAfter }: TracedRun,
  curve: string | undefined,
): Html | undefined {
  const rows = (
    [
      ["Before", moodBefore],
      ["Felt", feeling],
      ["After", moodAfter],
    ] as const
  ).flatMap(([when, affect]) =>
    affect
      ? [html`<tr><th scope="row">${when}</th><td>${describeMood(affect)}</td>${affectCells(affect)}</tr>`]
      : [],
  );
  if (rows.length === 0) return undefined;
  return html`<table class="affect"><thead><tr><th scope="col"></th><th scope="col">In words</th><th scope="col" class="number">Valence</th><th scope="col" class="number">Arousal</th></tr></thead><tbody>${rows}</tbody></table>${curve !== undefined && html`<p class="small"><a href="#${curve}">The mood through the whole conversation</a></p>`}`;
}
