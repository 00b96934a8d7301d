import { resolve } from "node:path";
import type { Command } from "commander";
import { several } from "../../../../data/words.js";
import type { Value } from "../../../../evals/core/analysis/results.js";
import { probability } from "../../../../evals/core/report/numbers.js";
import type { WrittenComparison } from "../../../../evals/core/report/write-comparison.js";
import { type CommandLine, withCommonOptions } from "../../command-line.js";
import { table } from "../../table.js";

/** `simulacra eval compare A B --out FILE`: two runs on the samples that both have. */
export function registerEvalCompare(parent: Command, cli: CommandLine): void {
  withCommonOptions(parent.command("compare"))
    .description("compare two runs on the samples that both have, and write a page of it (B minus A)")
    .argument("<a>", "folder of the first run")
    .argument("<b>", "folder of the second run")
    .option("--out <file>", "page to write", "comparison.html")
    .option("--replace", "replace a page that is there")
    .action(async (a: string, b: string, { out, replace }: { out: string; replace?: boolean }) => {
      const { output, cwd } = cli;
      const { writeComparison } = await import("../../../../evals/core/report/write-comparison.js");
      const written = await writeComparison(resolve(cwd, a), resolve(cwd, b), resolve(cwd, out), {
        replace: replace ?? false,
      });
      output.result(written, () => {
        if (written.instruments.length === 0) output.line("The two runs have no instrument in common.");
        for (const { instrument, paired, changed, unpaired, comparisons } of written.instruments) {
          output.line(output.paint.bold(instrument));
          output.line(`  ${paired} items in both, ${changed} with another answer; ${unpaired} in one only.`);
          const rows = [
            ["MEASURE", "A", "B", "B - A", "95 %", "PAIRS", "OF", "P (HOLM)"],
            ...comparisons.map(row),
          ];
          for (const line of table(rows)) output.line(`  ${line}`);
          if (comparisons.some(({ units }) => units === "items"))
            output.line(
              "  Of one subject only: its items are the units, though trials of one session depend on each other; this speaks of that subject alone.",
            );
        }
        output.line(`Page: ${written.page}`);
      });
    });
}

type Compared = WrittenComparison["instruments"][number]["comparisons"][number];

const row = (each: Compared): string[] => [
  `${each.measure}, ${each.second}`,
  figure(each.meanFirst),
  figure(each.meanSecond),
  figure(each.difference),
  Array.isArray(each.interval) ? `[${each.interval.map((value) => value.toFixed(2)).join(", ")}]` : "–",
  String(each.pairs),
  several(each.n, each.units === "items" ? "item" : each.cluster),
  figure(each.pHolm, probability),
];

/** Unknown is not zero. */
const figure = (value: Value, write = (known: number) => known.toFixed(2)): string =>
  typeof value === "number" ? write(value) : "–";
