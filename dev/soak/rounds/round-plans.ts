import type { RoundPlan } from "./round-plan.js";

/** What a model's mishaps may do to a turn. */
const modelErrors = ["model_failed", "model_timeout", "model_empty", "model_refused", "missing_key"];
const talking = { ask: 7, host: 4, stateless: 1, withdraw: 1 };
const everything = {
  ...talking,
  hurried: 1,
  forget: 1,
  consolidate: 2,
  construct: 0.5,
  reconstruct: 0.3,
  index: 1,
};

/** All kinds of rounds; a soak goes through them again and again, in an order of its own. */
export const roundPlans: readonly RoundPlan[] = [
  { name: "talk", processes: 1, lanes: 2, acts: talking },
  {
    name: "everything",
    processes: 1,
    lanes: 2,
    acts: everything,
  },
  {
    name: "upkeep",
    processes: 1,
    lanes: 3,
    acts: { ask: 4, host: 1, consolidate: 3, construct: 1, reconstruct: 1, forget: 1, withdraw: 1, index: 1 },
  },
  {
    name: "two processes",
    processes: 2,
    lanes: 2,
    acts: everything,
  },
  {
    name: "two processes, same talks",
    processes: 2,
    lanes: 2,
    sharedTalks: true,
    acts: everything,
  },
  {
    name: "failing model",
    processes: 1,
    lanes: 2,
    acts: everything,
    weather: {
      serverError: 0.06,
      rateLimit: 0.05,
      refusedKey: 0.03,
      cutAtOnce: 0.04,
      cutMidway: 0.04,
      empty: 0.03,
      nonsense: 0.04,
    },
    mayFail: modelErrors,
  },
  {
    name: "hanging model",
    processes: 2,
    lanes: 2,
    acts: everything,
    weather: { hang: 0.03, hangMidway: 0.03, cutMidway: 0.02 },
    mayFail: modelErrors,
  },
  {
    name: "clock jumps",
    processes: 2,
    lanes: 2,
    sharedTalks: true,
    clockJumps: true,
    acts: everything,
  },
  {
    name: "full disk",
    processes: 1,
    lanes: 2,
    fullDisk: true,
    acts: everything,
    mayFail: ["store_full"],
  },
  {
    name: "damaged index",
    processes: 1,
    lanes: 2,
    damages: ["index"],
    acts: { ...everything, index: 4 },
  },
  {
    name: "old home",
    processes: 2,
    lanes: 2,
    oldHome: true,
    acts: everything,
    weather: { serverError: 0.1 },
    mayFail: modelErrors,
  },
];
