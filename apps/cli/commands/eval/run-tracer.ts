import { resolve } from "node:path";
import type { EvaluationOptions } from "../../../../evals/core/evaluation-options.js";
import type { CommandLine } from "../../command-line.js";

/** What writes the runs of an evaluation to the file of `--trace`, where one is asked for. */
export async function runTracer(
  { cwd, surroundings, output }: CommandLine,
  options: EvaluationOptions,
  file: string | undefined,
) {
  if (file === undefined) return undefined;
  const [{ FileTracer }, { keysIn }, { charactersOf }, { fullOptions }] = await Promise.all([
    import("../../../traces/file-tracer.js"),
    import("../../../traces/without-keys.js"),
    import("../../../../evals/core/prepare-evaluation.js"),
    import("../../../../evals/core/evaluation-options.js"),
  ]);
  const characters = await charactersOf(fullOptions(options));
  const onLost = (reason: string) =>
    output.warn(`--trace: the rest is not written to ${file} (${reason}). The evaluation goes on.`);
  return new FileTracer(resolve(cwd, file), { characters, keys: keysIn(surroundings.env), onLost });
}
