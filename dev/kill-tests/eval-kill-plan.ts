import { methodNamed } from "../../graphs/methods.js";

/** What the killed evaluation and the undisturbed one put to whom. */
export const METHODS: readonly string[] = ["blank", "prompt", "macm"];
export const PEOPLE = 4;
export const REPEATS = 2;
export const ITEMS = 6;

/** Samples in all: alone and together in a session. */
export const PLANNED = 2 * METHODS.length * PEOPLE * REPEATS * ITEMS;

/** Calls of all samples: macm takes four. */
export const CALLS =
  METHODS.reduce((sum, method) => sum + methodNamed(method).callsPerTurn, 0) * (PLANNED / METHODS.length);
