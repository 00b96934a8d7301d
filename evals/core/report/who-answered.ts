import type { InstrumentRun } from "./load-run.js";

/** Who answered an instrument, by its samples: characters of the run, and bare models that play none of them. */
interface WhoAnswered {
  /** Names of the characters; with no sample yet, of those asked for. */
  characters: readonly string[];
  /** Whether a bare language model answered, which is told a group and plays no character. */
  bareModel: boolean;
  /** How questions were put to characters; empty where only bare models answered. */
  framings: readonly ("friend" | "neutral")[];
}

export function whoAnswered({ entries, samples }: Pick<InstrumentRun, "entries" | "samples">): WhoAnswered {
  const known = new Map(entries.flatMap(({ characters }) => characters.map(({ id, name }) => [id, name])));
  if (samples.length === 0)
    return {
      characters: [...known.values()],
      bareModel: false,
      framings: [...new Set(entries.map(({ framing }) => framing))],
    };
  const ids = new Set(samples.map(({ character }) => character));
  const played = samples.filter(({ character }) => known.has(character));
  return {
    characters: [...known].flatMap(([id, name]) => (ids.has(id) ? [name] : [])),
    bareModel: [...ids].some((id) => !known.has(id)),
    framings: [...new Set(played.map(({ condition }) => condition.framing))],
  };
}
