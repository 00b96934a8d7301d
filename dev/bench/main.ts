import { parseArgs } from "node:util";
import { constructionBench } from "./construction.js";
import { kept, type Row, table } from "./figures.js";
import { overheadBench } from "./overhead.js";
import { sharedFolder } from "./shared-folder.js";
import { turnsBench } from "./turns.js";

// npm run bench [-- NAME] [--json]: every figure beside its limit and a baseline of the same run. `recall` and
// `story-recall` take --data FOLDER of a user's own; the latter --labels FILE, which memories answer which question.

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    data: { type: "string" },
    labels: { type: "string" },
  },
});
const name = positionals[0] ?? "all";
const names = [
  "turns",
  "overhead",
  "construction",
  "recall",
  "story-recall",
  "recall-speed",
  "null",
  "eval",
  "smoke",
  "all",
];
if (!names.includes(name)) {
  process.stderr.write(`There is no benchmark "${name}". There are: ${names.join(", ")}.\n`);
  process.exit(2);
}

const smoke = name === "smoke";
const wanted = (one: string) => name === one || name === "all";
const results: Record<string, unknown> = {};
let missed = 0;

/** Notes what was found: as text it is printed at once, as JSON at the end, all in one document. */
function show(title: string, found: unknown, text: string): void {
  results[title] = found;
  if (!values.json) process.stdout.write(text);
}

function skipped(title: string): void {
  process.stderr.write(`${title} is skipped: what it measures with is not there.\n`);
}

/** Runs one benchmark of rows, prints it, and counts the limits that were not kept. */
async function rows(title: string, run: () => Promise<Row[] | null>): Promise<void> {
  process.stderr.write(`${title} …\n`);
  const found = await run();
  if (found === null) return skipped(title);
  show(title, found, `${table(title, found)}\n\n`);
  // The smoke run looks whether the benchmarks run; a busy machine must not fail it.
  if (!smoke) missed += found.filter((row) => !kept(row)).length;
}

if (wanted("turns") || smoke) await rows("turns", () => turnsBench({ smoke }));
if (wanted("overhead") || smoke) await rows("overhead", () => overheadBench({ smoke }));
if (wanted("construction") || smoke) await rows("construction", () => constructionBench({ smoke }));
if (wanted("recall") || smoke) {
  const data = values.data ?? sharedFolder("data/locomo");
  if (data) {
    const { recallBench, recallTable } = await import("./recall/recall.js");
    const found = await recallBench({ data });
    show("recall", found, recallTable(found));
  } else skipped("recall");
}
if (wanted("story-recall") || smoke) {
  const { storyRecallBench, storyRecallTable } = await import("./recall/story-recall.js");
  const { data, labels } = name === "story-recall" ? values : {};
  const found = await storyRecallBench({ ...(data && { data }), ...(labels && { labels }) });
  if (found) show("story-recall", found, storyRecallTable(found));
  else skipped("story-recall");
}
if (wanted("recall-speed")) {
  const { recallSpeed } = await import("./recall/recall-speed.js");
  const onProgress = (message: string) => void process.stderr.write(`  ${message}\n`);
  await rows("recall-speed", () => recallSpeed({ onProgress }));
}
if (wanted("null") || smoke) {
  const { nullEffectBench } = await import("./evals/null-effect.js");
  await rows("null", async () => nullEffectBench(smoke ? { repetitions: 20 } : {}));
}
if (wanted("eval") || smoke) {
  const { evalThroughputBench } = await import("./evals/eval-throughput.js");
  const { evalResumeBench } = await import("./evals/eval-resume.js");
  await rows("eval", async () => [
    ...(await evalThroughputBench({ smoke })),
    ...(await evalResumeBench(smoke ? { samples: 5_000 } : {})),
  ]);
}
const measured = Object.keys(results).length > 0;
const single = positionals.length === 1 && name !== "all" && !smoke;
if (values.json) process.stdout.write(`${JSON.stringify(single ? (results[name] ?? null) : results)}\n`);
else if (!measured) process.stdout.write("nothing was measured\n");
else if (smoke)
  process.stdout.write("smoke run done; limits are judged by the whole run on a quiet machine\n");
else process.stdout.write(missed === 0 ? "all limits kept\n" : `${missed} limits not kept\n`);
process.exitCode = measured ? (missed === 0 ? 0 : 3) : 1;
