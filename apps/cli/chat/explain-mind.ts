import { affectSchema } from "../../../data/character.js";
import type { TurnResult } from "../../../graphs/simulacrum/options.js";
import type { Simulacrum } from "../../../graphs/simulacrum/simulacrum.js";
import { describeMood } from "../../../memory/mood.js";
import { affectFigures as affect } from "../../trace-page/numbers.js";
import { clip, describeMemory } from "../describe-memory.js";
import type { Paint } from "../output.js";

/** The mind of a turn for a reader: what each agent made of it, the mood, and what it cost. */
export function explainMind(result: TurnResult, agents: Simulacrum["agents"], paint: Paint): string[] {
  const { mind, usage } = result;
  if (mind === null)
    return [
      `The method "${result.method}" answers in one step: it has no mind to show. (--method macm has one.)`,
    ];
  const lines: string[] = [];
  const part = (title: string, body: readonly string[], absent = "Nothing.") => {
    lines.push(
      paint.bold(title),
      ...(body.length === 0 ? [paint.dim(absent)] : body).map((line) => `  ${line}`),
    );
  };
  const { reflection, memories, mood } = mind;
  const fuller: Record<string, () => void> = {
    reflection() {
      part("Noticed", (reflection?.keyElements ?? []).map(oneLine));
      part("Looked for", (reflection?.queries ?? []).map(oneLine), "Only the words of the message.");
    },
    recollection() {
      const described = memories.flatMap((memory) => describeMemory(memory, paint));
      part("Remembered", described, "Nothing that has to do with it.");
    },
  };
  if (mind.relationship !== undefined) part("Talked with", [mind.relationship]);
  // Seen first, then looked for in memory; what follows was made of both.
  for (const key of ["reflection", "recollection"])
    if (agents.some(({ writes }) => writes.key === key)) fuller[key]?.();
  for (const { writes, shown } of agents.filter((agent) => !(agent.writes.key in fuller))) {
    const own = mind[writes.key] ?? null;
    const felt = affectSchema.safeParse(own);
    const numbers = felt.success ? [paint.dim(affect(felt.data))] : [];
    part(shown.title, own === null ? [] : [...paragraphs(shown.text(own)), ...numbers], "Nothing this turn.");
  }
  part(
    "Mood",
    mood === null ? [] : [`${describeMood(mood)} ${paint.dim(`(${affect(mood)})`)}`],
    "Not known.",
  );
  const failed = agents.filter(({ id }) => result.degraded.includes(id));
  if (failed.length > 0)
    part(
      "Failed",
      failed.map(({ whenItFails }) => whenItFails),
    );
  part("Cost", [`${usage.calls} model calls, ${usage.inputTokens} tokens in, ${usage.outputTokens} out`]);
  return lines;
}

const oneLine = (text: string): string => clip(text, 200);

const paragraphs = (text: string): string[] => text.split("\n").filter((line) => line.trim() !== "");
