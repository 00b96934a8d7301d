import { parseArgs } from "node:util";
import { z } from "zod";
import { type SoakTotals, soak } from "./soak.js";

// npm run soak -- [--minutes 3] [--kills 1000] [--seed 1] [--only "two processes"] [--json]

const number = z.coerce.number().positive();
const { values } = parseArgs({
  options: {
    minutes: { type: "string" },
    kills: { type: "string" },
    seed: { type: "string" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const given = z
  .object({
    minutes: number.optional(),
    kills: number.int().optional(),
    seed: number.int().default(() => 1 + (Date.now() % 1_000_000)),
    only: z.string().optional(),
  })
  .parse(values);
const { only, kills, seed } = given;
const minutes = given.minutes ?? (kills === undefined ? 3 : undefined);

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());

let told = 0;
const line = ({ rounds, kills, answered, violations, seconds }: SoakTotals): string =>
  `${Math.round(seconds)} s: ${rounds} rounds, ${kills} kills, ${answered} turns acknowledged, ${violations.length} violations`;

const totals = await soak({
  seed,
  signal: stop.signal,
  ...(minutes !== undefined && { minutes }),
  ...(kills !== undefined && { kills }),
  ...(only !== undefined && { only }),
  onProgress: (so) => {
    if (so.seconds - told < 5) return;
    told = so.seconds;
    process.stderr.write(`${line(so)}\n`);
  },
});

if (values.json) process.stdout.write(`${JSON.stringify(totals, null, 2)}\n`);
else {
  const width = Math.max(...Object.keys(totals.byRound).map(({ length }) => length), 5);
  const row = (name: string, ...cells: (string | number)[]) =>
    `${name.padEnd(width)} ${cells.map((cell) => String(cell).padStart(8)).join("")}\n`;
  process.stdout.write(row("round", "times", "kills", "turns"));
  for (const [name, { rounds, kills, answered }] of Object.entries(totals.byRound))
    process.stdout.write(row(name, rounds, kills, answered));
  for (const { round, invariant, what } of totals.violations.slice(0, 20))
    process.stdout.write(`VIOLATED in ${round}: ${invariant}: ${what}\n`);
  if (totals.disk) process.stdout.write(`Disks were filled by ${totals.disk}.\n`);
  process.stdout.write(`${line(totals)}. Seed ${seed}.\n`);
  if (totals.folder) process.stdout.write(`What was found lies in ${totals.folder}\n`);
}
process.exitCode = totals.violations.length === 0 ? 0 : 1;
