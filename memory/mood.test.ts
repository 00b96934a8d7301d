import { describe, expect, it } from "vitest";
import { describeMood, fadedMood, movedMood, neutralBaseline } from "./mood.js";

const angry = { valence: -0.8, arousal: 0.9 };

describe("mood", () => {
  it("is half way back to the baseline after its half-life", () => {
    const faded = fadedMood(angry, neutralBaseline, 180);
    expect(faded.valence).toBeCloseTo((angry.valence + neutralBaseline.valence) / 2, 10);
    expect(faded.arousal).toBeCloseTo((angry.arousal + neutralBaseline.arousal) / 2, 10);
  });

  it("does not run backwards when the clock was set back", () => {
    expect(fadedMood(angry, neutralBaseline, -500).valence).toBeCloseTo(angry.valence, 10);
  });

  it("is drawn to a feeling, and fades without one", () => {
    const calm = neutralBaseline;
    const moved = movedMood(calm, calm, angry);
    expect(moved.valence).toBeCloseTo(0.1 + (-0.8 - 0.1) * 0.4, 10);
    expect(movedMood(moved, calm, null).valence).toBeGreaterThan(moved.valence);
    expect(movedMood(calm, calm, null)).toEqual(calm);
  });

  it("stays within its scales and outlasts a turn", () => {
    let mood = neutralBaseline;
    for (let turn = 0; turn < 50; turn++)
      mood = movedMood(mood, neutralBaseline, { valence: -1, arousal: 1 });
    expect(mood.valence).toBeGreaterThanOrEqual(-1);
    expect(mood.arousal).toBeLessThanOrEqual(1);
    expect(movedMood(mood, neutralBaseline, null).valence).toBeLessThan(-0.5);
  });

  it("has words", () => {
    expect(describeMood(angry)).toBe("very low and stirred up");
    expect(describeMood(neutralBaseline)).toBe("even and calm");
  });
});
