import { runsInCircles } from "../../agents/made-text/circles.js";
import { leaks } from "./leaks.js";
import type { ObservedCall, ObservedTurn } from "./observed-talk.js";

/** What one agent did in the turns of one method. Shares are of the turns in which it was asked. */
export interface AgentFigures {
  method: string;
  agent: string;
  act: string;
  turns: number;
  /** Replies that were usable at once, of those that must have a shape. */
  usable: number | null;
  degraded: number;
  /** Texts that run in circles: answers, thoughts, feelings. */
  circles: number;
  /** Answers that leak headings or speak for the other. */
  leaks: number | null;
  /** Tokens a turn; of those read, the share that was a kept prefix. */
  tokensIn: number;
  tokensOut: number;
  cached: number;
}

/** The agents' figures of one method, the whole turn last. */
export function figuresOf(
  method: string,
  turns: readonly ObservedTurn[],
  names: readonly string[],
): AgentFigures[] {
  const acts = [...new Set(turns.flatMap(({ calls }) => calls.map(({ act }) => act)))];
  const rows = acts.map((act) => {
    const asked = turns.filter(({ calls }) => calls.some((call) => call.act === act));
    const agent = asked[0]?.calls.find((call) => call.act === act)?.agent ?? "?";
    const structured = act === "reflect" || act === "feel";
    const last = (turn: ObservedTurn) => turn.calls.filter((call) => call.act === act).at(-1)?.text ?? "";
    const shown = (turn: ObservedTurn) => (act === "respond" ? turn.answer : last(turn));
    const failed = (turn: ObservedTurn) =>
      act === "respond" ? turn.error !== undefined : turn.degraded.includes(agent);
    return {
      method,
      agent,
      act,
      turns: asked.length,
      usable: structured
        ? asked.filter((turn) => !failed(turn) && !turn.calls.some((call) => call.act === act && call.reask))
            .length
        : null,
      degraded: asked.filter(failed).length,
      circles: asked.filter((turn) => runsInCircles(shown(turn))).length,
      leaks: act === "respond" ? asked.filter(({ answer }) => leaks(answer, names)).length : null,
      ...tokens(
        turns.flatMap(({ calls }) => calls.filter((call) => call.act === act)),
        turns.length,
      ),
    };
  });
  const whole: AgentFigures = {
    method,
    agent: "all",
    act: "turn",
    turns: turns.length,
    usable: null,
    degraded: turns.filter(({ degraded, error }) => degraded.length > 0 || error !== undefined).length,
    circles: turns.filter(({ answer }) => runsInCircles(answer)).length,
    leaks: turns.filter(({ answer }) => leaks(answer, names)).length,
    ...tokens(
      turns.flatMap(({ calls }) => calls),
      turns.length,
    ),
  };
  return [...rows, whole];
}

function tokens(calls: readonly ObservedCall[], turns: number) {
  const sum = (of: (call: ObservedCall) => number) => calls.reduce((total, call) => total + of(call), 0);
  const read = sum(({ input }) => input);
  return {
    tokensIn: Math.round(read / Math.max(1, turns)),
    tokensOut: Math.round(sum(({ output }) => output) / Math.max(1, turns)),
    cached: read === 0 ? 0 : sum(({ cached }) => cached) / read,
  };
}

/** The figures as a table of Markdown. */
export function tableOf(rows: readonly AgentFigures[]): string {
  const head =
    "| method | act | turns | usable at once | degraded | in circles | leaks | tokens in / out a turn | kept prefix |";
  const line = (row: AgentFigures) =>
    `| ${row.method} | ${row.act === "turn" ? "whole turn" : `${row.agent} ${row.act}`} | ${row.turns} | ${row.usable ?? "-"} | ${row.degraded} | ${row.circles} | ${row.leaks ?? "-"} | ${row.tokensIn} / ${row.tokensOut} | ${Math.round(row.cached * 100)} % |`;
  return [head, "|---|---|---|---|---|---|---|---|---|", ...rows.map(line)].join("\n");
}
