import { describe, expect, it } from "vitest";
import {
  afterTurn,
  newRelationship,
  type RelationshipRecord,
  relationshipAt,
  type TurnAmong,
  warmed,
  withoutTurn,
} from "./relationship.js";
import { tellsOf } from "./told.js";
import type { TurnRecord } from "./turn-record.js";

const turnAt = (at: string, turn: number, thread = "t"): TurnRecord => ({
  thread,
  turn,
  audience: ["o"],
  stimulus: [],
  answer: { id: `${thread}${turn}`, text: "I see." },
  at,
  thought: null,
  feeling: null,
  moodBefore: null,
  moodAfter: null,
  recalled: [],
});
const among = (turn: TurnRecord, about: Partial<TurnAmong> = {}): TurnAmong => ({
  turn,
  said: [],
  asked: undefined,
  told: [],
  felt: null,
  self: ["Ada"],
  ...about,
});
const after = (turns: readonly TurnAmong[]): RelationshipRecord =>
  turns.reduce((record, turn) => afterTurn(record, turn).record, newRelationship("o"));

describe("a relationship", () => {
  it("counts talks by threads and by hours of silence", () => {
    const record = after([
      among(turnAt("2026-05-01T10:00:00.000Z", 1)),
      among(turnAt("2026-05-01T10:10:00.000Z", 2)),
      among(turnAt("2026-05-01T17:00:00.000Z", 3)),
      among(turnAt("2026-05-02T10:00:00.000Z", 1, "other")),
    ]);
    expect(record).toMatchObject({
      talks: 3,
      turns: 4,
      firstMet: "2026-05-01T10:00:00.000Z",
      lastMet: "2026-05-02T10:00:00.000Z",
      metBefore: "2026-05-01T17:00:00.000Z",
    });
  });

  it("looks the same through a talk", () => {
    const record = after([
      among(turnAt("2026-05-01T10:00:00.000Z", 1)),
      among(turnAt("2026-05-09T10:00:00.000Z", 1, "b")),
    ]);
    const [first, later] = [true, false].map((isFirstTurn) =>
      relationshipAt(isFirstTurn ? after([among(turnAt("2026-05-01T10:00:00.000Z", 1))]) : record, {
        at: "2026-05-09T10:01:00.000Z",
        isFirstTurn,
        present: ["o"],
      }),
    );
    expect([later?.earlierTalks, later?.lastMet]).toEqual([first?.earlierTalks, first?.lastMet]);
  });

  it("warms slowly, and only where something was felt", () => {
    expect(warmed(0, { valence: 1 })).toBeCloseTo(0.05);
    expect(warmed(0.4, null)).toBe(0.4);
    let warmth = 0;
    for (let turn = 0; turn < 20; turn++) warmth = warmed(warmth, { valence: 0.5 });
    expect(warmth).toBeGreaterThan(0.3);
    expect(warmed(warmth, { valence: -1 })).toBeGreaterThan(0.2);
  });

  it("is what it was when its last turn is taken back", () => {
    const first = among(turnAt("2026-05-01T10:00:00.000Z", 1), {
      said: ["I'm Otto. I'll bake bread tomorrow."],
      felt: { valence: 0.4 },
      told: ["life/1"],
    });
    const before = after([first]);
    const second = among(turnAt("2026-05-03T10:00:00.000Z", 2), {
      said: ["Call me Odo. The bread is burnt. I'll clean the oven on Monday."],
      felt: { valence: -0.9 },
      told: ["life/1", "life/2"],
    });
    const { record, change } = afterTurn(before, second);
    expect(record).toMatchObject({
      name: { text: "Odo" },
      open: [{ text: "I'll clean the oven on Monday." }],
    });
    const left = withoutTurn(record, second.turn, change, first.turn.at);
    expect(left).toEqual({ ...before, warmth: expect.closeTo(before.warmth, 10) });
  });

  it("keeps a bounded list of what is open, the oldest yielding", () => {
    const things = ["fence", "gate", "roof", "cellar", "stairs", "chimney", "window", "kitchen"];
    const record = after(
      things.map((thing, place) =>
        among(turnAt(`2026-05-01T10:0${place}:00.000Z`, place + 1), {
          said: [`I'll paint the ${thing} tomorrow.`],
        }),
      ),
    );
    expect(record.open.length).toBeLessThanOrEqual(6);
    expect(record.open.at(-1)?.text).toContain("kitchen");
  });
});

describe("what was told", () => {
  const memory = "My father built boats from larch in Sandholm and let me caulk the seams.";
  it("is what the answer tells of a memory, beyond the words of the question", () => {
    expect(tellsOf("He built them from larch, and I might caulk the seams.", memory, "What did he do?")).toBe(
      true,
    );
    expect(tellsOf("I don't remember.", memory, "What did your father build in Sandholm?")).toBe(false);
    expect(tellsOf("Boats, father, Sandholm?", memory, "Did your father build boats in Sandholm?")).toBe(
      false,
    );
  });
});
