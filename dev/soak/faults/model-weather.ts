import type { Behaviour } from "../../doubles/models/faulty-model-server.js";
import type { RandomSource } from "../random-source.js";

/** Which mishaps a model has, and how often: shares of its calls. */
export type ModelWeather = Partial<Record<keyof typeof mishaps, number>>;

/** What can go wrong with a model. The refusal gives the key back, as real servers do. */
const mishaps = {
  serverError: { status: 500 },
  rateLimit: { status: 429, headers: { "retry-after": "0" } },
  refusedKey: { status: 401, message: "Incorrect API key provided: " },
  cutAtOnce: { fault: "reset" },
  cutMidway: { fault: "drop" },
  hang: { fault: "hang" },
  hangMidway: { fault: "hang-midway" },
  empty: { reply: "" },
  nonsense: { reply: ["{ this is no ", "JSON", " at all"] },
} as const satisfies Record<string, Behaviour>;

/** What a call meets: as a rule the good reply after 2 to 12 ms, in three pieces. */
export function weatherOf(
  weather: ModelWeather,
  random: RandomSource,
  reply: string,
  key: string,
): Behaviour {
  const latencyMs = random.whole(2, 12);
  const third = Math.ceil(reply.length / 3);
  const pieces = [reply.slice(0, third), reply.slice(third, 2 * third), reply.slice(2 * third)];
  const good: Behaviour = { reply: pieces, latencyMs };
  let left = random.fraction();
  for (const [name, share] of Object.entries(weather) as [keyof typeof mishaps, number][]) {
    left -= share;
    if (left >= 0) continue;
    const mishap: Behaviour = mishaps[name];
    return { ...good, ...mishap, ...(name === "refusedKey" && { message: `${mishap.message ?? ""}${key}` }) };
  }
  return good;
}
