import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import type { RandomSource } from "../random-source.js";

/** Ways in which a file gets damaged while nobody has it open. `aside` is where an older state of it is kept. */
const damages = {
  "bytes flipped": (file, random) => {
    const bytes = readFileSync(file);
    for (let times = random.whole(1, 40); times > 0 && bytes.length > 0; times--) {
      const place = random.whole(0, bytes.length - 1);
      bytes[place] = (bytes[place] ?? 0) ^ random.whole(1, 255);
    }
    writeFileSync(file, bytes);
  },
  "cut off": (file, random) =>
    truncateSync(file, random.whole(0, Math.max(0, readFileSync(file).length - 1))),
  emptied: (file) => truncateSync(file, 0),
  deleted: (file) => rmSync(file),
  "something else": (file) => writeFileSync(file, "Dear diary, today nothing happened. ".repeat(200)),
  "an older state": (file, _random, aside) => {
    if (existsSync(aside)) copyFileSync(aside, file);
  },
} as const satisfies Record<string, (file: string, random: RandomSource, aside: string) => void>;

/** Damages a file, if it is there, and says how. Keeps its state before, now and then, to bring it back later. */
export function damageFile(file: string, random: RandomSource, aside: string): string | null {
  if (!existsSync(file)) return null;
  if (!existsSync(aside) || random.chance(0.2)) copyFileSync(file, aside);
  const kind = random.one(Object.keys(damages) as (keyof typeof damages)[]);
  damages[kind](file, random, aside);
  return kind;
}
