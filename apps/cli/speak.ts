import { isSimulacraError, SimulacraError } from "../../data/errors.js";
import { printable } from "../../graphs/simulacrum/message-text.js";
import type { TurnOptions, TurnResult } from "../../graphs/simulacrum/options.js";
import type { Simulacrum } from "../../graphs/simulacrum/simulacrum.js";
import type { Output } from "./output.js";

/** What is going on after a node has finished, shown on a terminal until the first word comes. */
const nextStep: Record<string, string> = {
  reflect: "remembering",
  recall: "thinking and feeling",
  think: "finding words",
  feel: "finding words",
};

/**
 * Puts one message and shows the answer. On a terminal the words appear as they come; in a pipe the answer is
 * written whole, and only after the turn is stored, so that whoever reads it may rely on it.
 */
export async function speak(
  simulacrum: Simulacrum,
  message: string,
  options: TurnOptions,
  output: Output,
): Promise<TurnResult> {
  const status = statusLine(output);
  let streamed = "";
  try {
    status.show("listening");
    for await (const event of simulacrum.stream(message, options)) {
      if (event.type === "token" && output.interactive) {
        status.clear();
        streamed += event.text;
        output.words(printable(event.text));
      } else if (event.type === "restart" && streamed !== "") {
        output.line(output.paint.dim(" … (cut off; once more)"));
        streamed = "";
      } else if (event.type === "update" && streamed === "") {
        status.show(nextStep[event.node]);
      } else if (event.type === "result") {
        status.clear();
        finish(event.result, simulacrum, streamed, output);
        return event.result;
      }
    }
  } catch (error) {
    status.clear();
    if (streamed !== "") output.line();
    const { timeoutMs } = options;
    const late = isSimulacraError(error, "model_timeout") && error.details.option === "timeoutMs";
    if (!late || timeoutMs === undefined) throw error;
    const message = `No answer within ${timeoutMs / 1000} s (--timeout). What was said is kept; ask again, or give more time.`;
    throw new SimulacraError("model_timeout", message, "model", { timeoutMs }, { cause: error });
  }
  throw new SimulacraError("internal", "The turn ended without a result.", "internal");
}

function finish(result: TurnResult, { agents }: Simulacrum, streamed: string, output: Output): void {
  // What was streamed is shown already; where it differs, the answer is what counts.
  if (streamed.trim() !== result.answer.trim()) {
    if (streamed !== "") output.line();
    output.words(printable(result.answer));
  }
  output.line();
  if (result.cut)
    output.note("The answer was cut: it reached the longest length that a reply may have. Ask for the rest.");
  for (const { id, whenItFails } of agents) if (result.degraded.includes(id)) output.note(whenItFails);
}

function statusLine(output: Output): { show(text: string | undefined): void; clear(): void } {
  let shown = 0;
  const enabled = output.interactive && output.stderr.isTTY === true;
  const clear = () => {
    // Back over the status only: what stands before it on the line stays.
    if (shown > 0) output.stderr.write(`\u001B[${shown}D\u001B[K`);
    shown = 0;
  };
  return {
    clear,
    show(text) {
      if (!enabled || text === undefined) return;
      clear();
      const status = `${text} …`;
      output.stderr.write(output.notePaint.dim(status));
      shown = status.length;
    },
  };
}
