import { z } from "zod";
import type { Instrument, Sample, SessionPlan } from "../../../evals/core/contract.js";

// Test double: an instrument that asks for sums, one an item or all in one session.

export const sumsSettings = z.object({
  items: z.coerce.number().int().default(2),
  together: z.stringbool().default(false),
});

export const sums: Instrument<z.infer<typeof sumsSettings>, { sum: number }, number> = {
  name: "sums",
  version: "1",
  title: "Sums",
  about: ["Asks what two equal numbers make together."],
  settings: sumsSettings,
  validate: ({ settings }) => (settings.items < 1 ? ["There is nothing to ask."] : []),
  plan: ({ characters, methods, models, repeats, seed, framing, settings }) => ({
    *sessions() {
      const items = Array.from({ length: settings.items }, (_, at) => ({ id: String(at + 1), version: "1" }));
      for (const { id: character } of characters)
        for (const method of methods)
          for (const model of models)
            for (let repeat = 1; repeat <= repeats; repeat++)
              for (const part of settings.together ? [items] : items.map((item) => [item])) {
                const session: SessionPlan = {
                  subject: { kind: "simulacrum", character, method, model },
                  condition: { method, model, framing, arm: "" },
                  repeat,
                  seed,
                  items: part,
                };
                yield session;
              }
    },
    item({ items }, position) {
      const number = Number(items[position]?.id);
      const text = `What is ${number} and ${number}?`;
      return { lines: [{ by: "best-friend", text }], data: { sum: 2 * number }, key: String(2 * number) };
    },
  }),
  parse({ text }) {
    if (text.includes("rather not"))
      return { status: "refused", reason: "The subject would rather not answer." };
    const found = /-?\d+/u.exec(text)?.[0];
    if (found === undefined) return { status: "unparsable", reason: "There is no number in the reply." };
    return { status: "answered", answer: Number(found), shown: found };
  },
  score: (answer, { data }) => ({ right: answer === data.sum ? 1 : 0 }),
  measures: [
    {
      id: "right",
      title: "Right sums",
      unit: "share of items",
      better: "higher",
      binary: true,
      units: (samples: readonly Sample[]) =>
        samples.map(({ character, item, repeat, status, scores }) => ({
          character,
          item,
          repeat,
          value: scores?.right ?? { leftOut: status },
        })),
    },
  ],
};
