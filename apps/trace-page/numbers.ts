import type { Affect } from "../../data/character.js";
import { moodInWords } from "../../memory/mood.js";

/** A time for people: milliseconds up to a second, then seconds, then minutes. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}

export const whole = (value: number): string => value.toLocaleString("en");

/** One or many: "1 memory", "3 memories". */
export const several = (count: number, one: string, many = `${one}s`): string =>
  `${whole(count)} ${count === 1 ? one : many}`;

/** With a real minus, and a plus, so that the sign is never missed. */
export const signed = (value: number): string =>
  `${value < -0.004 ? "−" : value > 0.004 ? "+" : ""}${Math.abs(value).toFixed(2)}`;

export const affectInWords = (affect: Affect): string => moodInWords(affect);
export const affectInNumbers = ({ valence, arousal }: Affect): string =>
  `valence ${signed(valence)}, arousal ${arousal.toFixed(2)}`;

/** A moment in the reader's terms: the trace holds UTC, and says so. */
export function moment(iso: string): string {
  const date = new Date(iso);
  const day = date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return `${day}, ${clock(iso)}`;
}

export const clock = (iso: string): string => `${iso.slice(11, 16)} UTC`;
