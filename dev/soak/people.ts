import { markOf } from "./message-marks.js";
import type { RandomSource } from "./random-source.js";

/** A conversation that is held again and again, with its people. */
export interface Talk {
  readonly thread: string;
  readonly audience: readonly string[];
}

/** Everyone who talks in a soak. */
export const people = ["ann", "bob", "cleo"] as const;

const companies: readonly (readonly string[])[] = [
  ["ann"],
  ["bob"],
  ["cleo"],
  ["ann", "bob"],
  ["bob", "cleo"],
  ["ann", "bob", "cleo"],
];

/** Conversations of one person and of several; `count` of them for every company. */
export const talks = (count: number, prefix = "t"): Talk[] =>
  companies.flatMap((audience) =>
    Array.from({ length: count }, (_, place) => ({
      thread: `${prefix}${place + 1}-${audience.join("-")}`,
      audience,
    })),
  );

const things = ["ledger", "lantern", "kettle", "anchor", "violin", "ladder", "compass", "saddle"];
const places = ["bridge", "orchard", "chapel", "boathouse", "quarry", "tollgate", "windmill", "cellar"];
const owners = ["my uncle", "my neighbour", "the miller", "my daughter", "the captain", "old Petter"];
const ends = [
  "was sold for eleven crowns",
  "burned in March",
  "lies buried",
  "was stolen twice",
  "is mine now",
];

/**
 * Something to say, with its mark at both ends, so that clipping leaves one. All confide in the same few things, so that
 * what one person told is what comes to mind first when another asks.
 */
export function somethingToSay(random: RandomSource, number: number): string {
  const thing = random.one(things);
  const place = random.one(places);
  const mark = markOf(number);
  return random.chance(0.4)
    ? `${mark}, tell me what you know of the ${thing} near the ${place}? ${mark}`
    : `${mark} is my secret: ${random.one(owners)}'s ${thing} near the ${place} ${random.one(ends)}. ${mark}`;
}
