import { fullOptions } from "./evaluation-options.js";
import { listInstruments } from "./find-instruments.js";
import { type SettingInfo, settingsOf } from "./instrument-settings.js";
import { ableTo, charactersOf } from "./prepare-evaluation.js";

/** An instrument as a list shows it. */
export interface InstrumentDescription {
  name: string;
  title: string;
  version: string;
  about: readonly string[];
  settings: SettingInfo[];
  measures: { id: string; title: string; unit: string }[];
  /** Ids of the characters that can take it with its default settings. */
  characters: string[];
}

/** All instruments of this package, and who can take them. `home`: folder of imported characters. */
export async function describeInstruments({
  home,
}: {
  home?: string;
} = {}): Promise<InstrumentDescription[]> {
  const instruments = await listInstruments();
  const options = fullOptions({ instruments, out: ".", ...(home !== undefined && { home }) });
  const everybody = await charactersOf(options);
  return Promise.all(
    instruments.map(async (instrument) => {
      const { name, title, version, about, measures } = instrument;
      const read = instrument.settings.safeParse({});
      const { methods, models, repeats, seed, framing } = options;
      const asked = { methods, models, repeats, seed, framing, settings: read.data };
      return {
        name,
        title,
        version,
        about,
        settings: settingsOf(instrument),
        measures: measures.map((measure) => ({ id: measure.id, title: measure.title, unit: measure.unit })),
        characters: read.success
          ? (await ableTo(instrument, everybody, asked)).map((character) => character.id)
          : [],
      };
    }),
  );
}
