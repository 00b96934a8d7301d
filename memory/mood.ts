import type { Affect } from "../data/character.js";

/** How a mood fades and how strongly a feeling moves it. */
export interface MoodDynamics {
  /** Share of the distance to the baseline that is left after one turn, in [0, 1]. @default 0.9 */
  keptPerTurn: number;
  /** Minutes after which half of the distance to the baseline is left. @default 180 */
  halfLifeMinutes: number;
  /** Share of the way to the new feeling that one turn goes, in [0, 1]. @default 0.4 */
  pull: number;
}

export const defaultMoodDynamics: MoodDynamics = { keptPerTurn: 0.9, halfLifeMinutes: 180, pull: 0.4 };

/** Mood at rest where the character says nothing: slightly pleasant, calm (the offset found by Diener & Diener 1996). */
export const neutralBaseline: Affect = { valence: 0.1, arousal: 0.3 };

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));

/** The mood after `minutes` without a turn: exponential decay to the baseline. Minutes below 0 (a clock set back) count as 0. */
export function fadedMood(
  mood: Affect,
  baseline: Affect,
  minutes: number,
  dynamics = defaultMoodDynamics,
): Affect {
  const left = 0.5 ** (Math.max(0, minutes) / dynamics.halfLifeMinutes);
  return {
    valence: baseline.valence + (mood.valence - baseline.valence) * left,
    arousal: baseline.arousal + (mood.arousal - baseline.arousal) * left,
  };
}

/**
 * The mood after a turn: it fades by one turn and is drawn towards the feeling of the turn.
 * Without a feeling (Emotion failed) it only fades.
 */
export function movedMood(
  mood: Affect,
  baseline: Affect,
  feeling: Affect | null,
  dynamics = defaultMoodDynamics,
): Affect {
  const step = (now: number, rest: number, felt: number | undefined) => {
    const faded = rest + (now - rest) * dynamics.keptPerTurn;
    return felt === undefined ? faded : faded + (felt - faded) * dynamics.pull;
  };
  return {
    valence: between(-1, step(mood.valence, baseline.valence, feeling?.valence), 1),
    arousal: between(0, step(mood.arousal, baseline.arousal, feeling?.arousal), 1),
  };
}

/** A mood in a few words, for prompts and people. */
export function describeMood({ valence, arousal }: Affect): string {
  const tone =
    valence > 0.5
      ? "very good"
      : valence > 0.2
        ? "good"
        : valence >= -0.2
          ? "even"
          : valence >= -0.5
            ? "low"
            : "very low";
  const energy = arousal > 0.65 ? "stirred up" : arousal > 0.4 ? "awake" : "calm";
  return `${tone} and ${energy}`;
}
