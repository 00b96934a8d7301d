import type { TurnResult } from "../../../graphs/simulacrum/contract.js";
import { moodInWords } from "../../../memory/mood.js";
import { affectFigures as affect } from "../../trace-page/numbers.js";
import { clip, describeMemory } from "../describe-memory.js";
import type { Paint } from "../output.js";

/** The mind of a turn for a reader: what was noticed, what was looked for and found, thought and felt. */
export function explainMind(result: TurnResult, paint: Paint): string[] {
  const { mind, usage } = result;
  if (mind === null)
    return [
      `The method "${result.method}" answers in one step: it has no mind to show. (--method macm has one.)`,
    ];
  const lines: string[] = [];
  const part = (title: string, body: readonly string[], absent: string) => {
    lines.push(
      paint.bold(title),
      ...(body.length === 0 ? [paint.dim(absent)] : body).map((line) => `  ${line}`),
    );
  };
  part("Noticed", (mind.reflection?.keyElements ?? []).map(oneLine), "Reflection failed this turn.");
  part("Looked for", (mind.reflection?.queries ?? []).map(oneLine), "Only the words of the message.");
  part(
    "Remembered",
    mind.memories.flatMap((memory) => describeMemory(memory, paint)),
    "Nothing that has to do with it.",
  );
  part("Thought", mind.thought === null ? [] : paragraphs(mind.thought), "No thought this turn.");
  const { feeling, mood } = mind;
  part(
    "Felt",
    feeling === null ? [] : [...paragraphs(feeling.text), paint.dim(affect(feeling))],
    "No feeling this turn.",
  );
  part("Mood", mood === null ? [] : [`${moodInWords(mood)} ${paint.dim(`(${affect(mood)})`)}`], "Not known.");
  if (result.degraded.length > 0) part("Failed", [result.degraded.join(", ")], "");
  part("Cost", [`${usage.calls} model calls, ${usage.inputTokens} tokens in, ${usage.outputTokens} out`], "");
  return lines;
}

const oneLine = (text: string): string => clip(text, 200);

const paragraphs = (text: string): string[] => text.split("\n").filter((line) => line.trim() !== "");
