import { whole } from "../../../../data/words.js";
import type { EvaluationPlan } from "../../../../evals/core/plan-evaluation.js";
import type { Output } from "../../output.js";
import { table } from "../../table.js";

/** Shows a plan: problems, or what the run would put and take. */
export function showPlan(plan: EvaluationPlan, output: Output): void {
  const { problems, instruments, usage, cost, assumed } = plan;
  if (problems.length > 0) {
    output.line("This cannot be run yet:");
    for (const problem of problems) output.line(`- ${problem}`);
    return;
  }
  const rows = instruments.map(({ name, sessions, samples, done, longestPrompt }) => [
    name,
    ...[sessions, samples, done, samples - done, longestPrompt].map(whole),
  ]);
  output.lines(table([["INSTRUMENT", "SESSIONS", "ITEMS", "DONE", "TO PUT", "LONGEST PROMPT"], ...rows]));
  output.line();
  const roles = Object.entries(usage).map(([role, { calls, inputTokens, outputTokens }]) => [
    role,
    ...[calls, inputTokens, outputTokens].map(whole),
  ]);
  output.lines(table([["ROLE", "CALLS", "TOKENS IN", "TOKENS OUT"], ...roles]));
  if (cost) output.line(`About ${cost.amount.toFixed(2)} ${cost.currency} at your prices.`);
  output.line(
    `An estimate: the first items of every condition were worded and counted, and a reply is taken to have about ${assumed.replyTokens} tokens. Nothing was asked of a model.`,
  );
  for (const note of assumed.notes) output.note(note);
}
