import { characterSchema } from "../../../data/character.js";
import conformity from "../../../evals/conformity/instrument.js";
import type { ConformitySettings } from "../../../evals/conformity/settings.js";
import type { PlanRequest } from "../../../evals/core/contract.js";
import { ScriptedSubject } from "./scripted-subject.js";

export const people = ["anna", "ben", "cleo"].map((id) =>
  characterSchema.parse({ id, name: id.toUpperCase() }),
);
const [anna] = people;

export const requestOf = (
  set: Record<string, string>,
  more: Partial<PlanRequest<ConformitySettings>> = {},
) => ({
  characters: anna ? [anna] : [],
  methods: ["prompt"] as string[],
  models: ["scripted"],
  repeats: 1,
  seed: "7",
  framing: "friend" as const,
  settings: conformity.settings.parse(set),
  ...more,
});

/** The line as long as the standard, and what those before said last, read from what the subject heard. */
export const lengths = (said: string) => {
  const [standard, ...lines] = [...said.matchAll(/is ([\d.]+) inch/gu)].map(([, length]) => length);
  return lines.indexOf(standard) + 1;
};
export const lastSaid = (said: string) => Number(said.match(/\d/gu)?.at(-1));

/** Goes with the group in the critical trials of this set, and judges rightly else. */
export const conformist = (trials: readonly number[]) => {
  const done = new Map<string, number>();
  return new ScriptedSubject((said, { thread }) => {
    const trial = (done.get(thread) ?? 0) + 1;
    done.set(thread, trial);
    return `Line ${trials.includes(trial) ? lastSaid(said) : lengths(said)}.`;
  });
};
