import { several, whole } from "../../../data/words.js";
import { type Html, html } from "../../page/html.js";
import { comparisonNote, comparisonView } from "./comparison-view.js";
import { conditionView, usageView } from "./condition-view.js";
import type { InstrumentRun } from "./load-run.js";
import { measureView } from "./measure-view.js";
import { tableView } from "./table-view.js";
import { whoAnswered } from "./who-answered.js";

const framings = {
  friend: "by the person’s best friend, in a relaxed talk",
  neutral: "by an interviewer",
};

/** Everything about one instrument: how it was put, its figures, its comparisons, its tables. */
export async function instrumentSection(run: InstrumentRun): Promise<Html> {
  const { results } = run;
  const { instrument, conditions, measures, comparisons, tables, warnings } = results;
  const labelOf = (id: string): string => conditions.find((each) => each.id === id)?.label ?? id;
  const measured = await Promise.all(measures.map((measure) => measureView(measure, results)));
  const compared = await Promise.all(
    measures.flatMap(({ id, title, unit, cluster }) => {
      const own = comparisons.filter(({ measure }) => measure === id);
      return own.length === 0 ? [] : [comparisonView(own, { title, unit, cluster, labelOf })];
    }),
  );
  const tabled = await Promise.all(tables.map(tableView));
  return html`<section class="instrument" id="${instrument.name}"><h2>${instrument.title}</h2>
${warnings.length > 0 && html`<div class="problems" role="note"><strong>${warnings.some(({ kind }) => kind === "errors") && results.failed ? "This run has failed." : "Before reading the numbers"}</strong><ul>${warnings.map(({ text }) => html`<li>${text}</li>`)}</ul></div>`}
<div class="about">${instrument.about.map((text) => html`<p>${text}</p>`)}</div>
${settings(run)}
${conditions.length > 0 && conditionView(results)}
${measured}
${compared.length > 0 && html`<h3 class="big">Comparisons</h3><p class="small soft">${comparisonNote}</p>${compared}`}
${tabled}
${usageView(results)}</section>`;
}

/** What a reader needs to do the same again. */
function settings({ entries, samples, results: { instrument, seed, resamples } }: InstrumentRun): Html {
  const all = <T>(of: (entry: InstrumentRun["entries"][number]) => readonly T[]): T[] => [
    ...new Set(entries.flatMap(of)),
  ];
  const set = all(({ settings }) =>
    Object.entries(settings).map(
      ([name, value]) => `${name} = ${typeof value === "string" ? value : JSON.stringify(value)}`,
    ),
  );
  const { characters: names, bareModel, framings: asked } = whoAnswered({ entries, samples });
  const agents = all(({ agentModel }) => (agentModel === null ? [] : [agentModel]));
  const embeddings = all(({ embeddings }) => (embeddings === null ? [] : [embeddings]));
  const facts: [string, string][] = [
    [
      "Subjects",
      [
        ...(names.length > 0
          ? [
              `${several(names.length, "character")}: ${names.length > 12 ? `${names.slice(0, 12).join(", ")} and ${names.length - 12} more` : names.join(", ")}`,
            ]
          : []),
        ...(bareModel ? ["a bare language model that plays no character"] : []),
      ].join("; and "),
    ],
    ["Methods", names.length === 0 ? "" : all(({ methods }) => methods).join(", ")],
    ["Models", all(({ models }) => models).join(", ")],
    ["Models of the agents", agents.join(", ")],
    ["Embeddings", embeddings.join(", ")],
    ["Asked", asked.map((framing) => framings[framing]).join("; and ")],
    ["Settings", set.join(", ")],
    ["Seed", all(({ seed: each }) => [each]).join(", ")],
    ["Asked at", all(({ servers }) => servers.map(({ model, host }) => `${model}: ${host}`)).join(", ")],
    [
      "Program",
      all(({ programs }) => programs.map((version) => `langgraph-simulacra ${version}`)).join(", "),
    ],
    ["Instrument", `${instrument.name}, version ${all(({ version }) => [version]).join(", ")}`],
    [
      "Intervals",
      `cluster bootstrap: ${names.length === 0 ? "what the measure names (such as data sets)" : "characters"} are drawn, then the items of each with all their repeats; ${whole(resamples)} resamples of seed ${seed}, limits at 2.5 % and 97.5 %`,
    ],
  ];
  return html`<dl class="facts">${facts.flatMap(([name, value]) => (value === "" ? [] : html`<dt>${name}</dt><dd>${value}</dd>`))}</dl>`;
}
