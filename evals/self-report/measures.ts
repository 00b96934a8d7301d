import type { Measure, Sample } from "../core/contract.js";
import { filledIn, shareOfPoints } from "./filled-in.js";

/** Unit of the sums; the paper's questionnaire has 50 points, one of your own may have others. */
const unit = "points of a questionnaire (50 in the paper)";

const guessing = (samples: readonly Sample[]) => {
  const complete = filledIn(samples).filter(({ points }) => typeof points === "number");
  if (complete.length === 0) return [];
  const value = complete.reduce((sum, { guessed }) => sum + guessed, 0) / complete.length;
  return [{ label: "random guessing", value }];
};

export const measures: readonly Measure[] = [
  {
    id: "points",
    title: "Self report, corrected scoring",
    unit,
    better: "higher",
    references: guessing,
    units: (samples) =>
      filledIn(samples).map(({ character, repeat, points }) => ({
        character,
        item: "",
        repeat,
        value: points,
      })),
  },
  {
    id: "published",
    title: "Self report, published scoring",
    unit,
    better: "higher",
    references: guessing,
    units: (samples) =>
      filledIn(samples).map(({ character, repeat, published }) => ({
        character,
        item: "",
        repeat,
        value: published,
      })),
  },
  {
    id: "share",
    title: "Points of the answered items",
    unit: "share of the points an item can earn",
    better: "higher",
    units: (samples) =>
      samples.map((sample) => ({
        character: sample.character,
        item: sample.item,
        repeat: sample.repeat,
        value: shareOfPoints(sample),
      })),
  },
];
