import { expect, it } from "vitest";
import { clusterBootstrap } from "./cluster-bootstrap.js";
import { spreadOf } from "./spread.js";

const values = (table: Record<string, number[][]>) =>
  Object.entries(table).flatMap(([character, items]) =>
    items.flatMap((repeats, item) =>
      repeats.map((value, repeat) => ({ character, item: String(item), repeat: repeat + 1, value })),
    ),
  );

it("tells what moves between repeats from what differs between items and characters", () => {
  const spread = spreadOf(
    values({
      anna: [
        [1, 3],
        [5, 7],
      ],
      ben: [
        [0, 2],
        [2, 4],
      ],
    }),
  );
  // Repeat means 2 and 4; within each item +-1; item means 2, 6 and 1, 3; character means 4 and 2.
  expect(spread.ofRepeatMeans).toBeCloseTo(Math.SQRT2);
  expect(spread.withinItem).toBeCloseTo(Math.SQRT2);
  expect(spread.overItems).toBeCloseTo(Math.sqrt((8 + 2) / 2));
  expect(spread.overCharacters).toBeCloseTo(Math.SQRT2);
});

it("of one repeat, one item or one character is not computed", () => {
  expect(spreadOf(values({ anna: [[1]] }))).toEqual({
    ofRepeatMeans: { undefined: "too-few" },
    withinItem: { undefined: "too-few" },
    overItems: { undefined: "too-few" },
    overCharacters: { undefined: "too-few" },
  });
});

it("a bootstrap draws an item with all its repeats, and its estimate is the plain mean", () => {
  const repeated = clusterBootstrap([{ items: [[1, 1, 1], [0, 0, null], [null]] }, { items: [[0], [1, 1]] }]);
  expect(repeated).toMatchObject({ estimate: 5 / 8, characters: 2, items: 4 });
  const once = clusterBootstrap([{ items: [1, 0, 1] }, { items: [0, 1] }], { seed: 1 });
  const thrice = clusterBootstrap(
    [
      {
        items: [
          [1, 1, 1],
          [0, 0, 0],
          [1, 1, 1],
        ],
      },
      {
        items: [
          [0, 0, 0],
          [1, 1, 1],
        ],
      },
    ],
    { seed: 1 },
  );
  expect(thrice).toEqual({ ...once });
});
