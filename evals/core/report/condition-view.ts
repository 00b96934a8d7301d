import { duration, several, whole } from "../../../data/words.js";
import { type Html, html } from "../../page/html.js";
import type { ConditionResult, Results } from "../analysis/results.js";
import { type SampleStatus, statusNames } from "../contract.js";
import { isUndefined } from "../statistics/undefined-because.js";
import { figureOrWhy } from "./numbers.js";
import { dataTable } from "./table-view.js";

/** What the list below is filtered by to show the samples of a count. */
const filterOf = ({ method, model, framing, arm }: ConditionResult, status: SampleStatus) => ({
  method,
  model,
  framing,
  arm: arm || "none",
  status: statusNames[status],
});

const statuses = Object.keys(statusNames) as SampleStatus[];

/** How the samples of each condition ended: the ground of every mean. */
export function conditionView({ instrument, conditions, latency }: Results): Html {
  const timed = latency.some(({ n }) => n > 0);
  const count = (condition: ConditionResult, status: SampleStatus) => {
    const n = condition.counts[status];
    if (n === 0) return "0";
    return html`<a href="#samples" data-filter="${JSON.stringify({ instrument: instrument.title, ...filterOf(condition, status) })}">${whole(n)}</a>`;
  };
  return dataTable(
    "How the samples ended",
    [
      { title: "Condition" },
      { title: "Subjects", number: true },
      { title: "Repeats", number: true },
      { title: "Samples", number: true },
      ...statuses.map((status) => ({ title: statusNames[status], number: true })),
      ...(timed ? [{ title: "Reply after (median)", number: true }] : []),
    ],
    conditions.map((condition) => {
      const times = latency.find(({ condition: id }) => id === condition.id);
      return [
        condition.label,
        whole(condition.characters),
        whole(condition.repeats),
        whole(condition.samples),
        ...statuses.map((status) => count(condition, status)),
        ...(timed ? [times && !isUndefined(times.median) ? duration(times.median) : null] : []),
      ];
    }),
    "Only answered samples enter a mean, unless the measure says otherwise. A number leads to its samples below.",
  );
}

/** Calls, tokens and money by condition and role. */
export function usageView({ usage, money, conditions, cachedCalls, latency }: Results): Html {
  const labels = new Map(conditions.map(({ id, label }) => [id, label]));
  const again = usage.reduce((sum, { supersededCalls }) => sum + supersededCalls, 0);
  const rows = usage.map(({ condition, role, model, calls, reasks, inputTokens, outputTokens, cost }) => [
    condition === null ? "not known" : (labels.get(condition) ?? condition),
    role,
    model,
    whole(calls),
    whole(reasks),
    whole(inputTokens),
    whole(outputTokens),
    ...(money ? [cost === null ? "no price" : cost.toFixed(4)] : []),
  ]);
  const slow = latency
    .filter(({ n }) => n > 0)
    .map(
      ({ condition, n, median, p90 }) =>
        `${labels.get(condition) ?? condition}: median ${figureOrWhy(median, duration)}, nine in ten within ${figureOrWhy(p90, duration)} (n = ${whole(n)})`,
    );
  return html`<details class="aside"><summary>Effort: calls, tokens and time</summary>
${dataTable(
  "Effort",
  [
    { title: "Condition" },
    { title: "Role" },
    { title: "Model" },
    { title: "Calls", number: true },
    { title: "Asked again", number: true },
    { title: "Tokens read", number: true },
    { title: "Written", number: true },
    ...(money ? [{ title: money.currency, number: true }] : []),
  ],
  rows,
)}
<p class="small soft">${again > 0 && `${several(again, "call")} of sessions that broke and were put again are counted in. `}${cachedCalls > 0 && `${several(cachedCalls, "call")} came from the cache; their tokens are counted as if they had been sent. `}${money && `In all ${money.amount.toFixed(4)} ${money.currency} at the prices given${money.notPriced.length > 0 ? `, without ${money.notPriced.join(", ")}, for which no price was given` : ""}. `}${slow.length > 0 && `Replies, without those of the cache. ${slow.join("; ")}.`}</p></details>`;
}
