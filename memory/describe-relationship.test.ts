import { describe, expect, it } from "vitest";
import { describeRelationship } from "./describe-relationship.js";
import { type Relationship, unmet } from "./relationship.js";

const now = new Date("2026-11-30T18:00:00Z");
const said = (about: Partial<Relationship>) =>
  describeRelationship({ ...unmet("p-7"), earlierTalks: 0, ...about }, now, "UTC");

describe("how the character stands with somebody, in a line", () => {
  it("says of a stranger that nothing is known", () => {
    expect(said({})).toBe("the other one, whom you meet for the first time and whose name you do not know");
  });

  it("says when they were met, how warm it is and what is open", () => {
    const matter = { thread: "t", turn: 1, at: "2026-11-09T17:00:00.000Z", audience: ["p-7"] };
    expect(
      said({
        name: "Otto",
        earlierTalks: 3,
        lastMet: matter.at,
        turns: 12,
        warmth: 0.2,
        open: [
          { ...matter, by: "them", text: "I'll splice the rope on Saturday." },
          { ...matter, by: "self", text: "I'll ask my brother." },
        ],
      }),
    ).toBe(
      "Otto, whom you have met three times, last three weeks ago; you are on warm terms. Still open: “I'll splice the rope on Saturday.” (Otto said so three weeks ago, on Monday, 9 November); “I'll ask my brother.” (you said so three weeks ago, on Monday, 9 November)",
    );
  });

  it("does not call a sister somebody who is met for the first time", () => {
    expect(said({ name: "Tilda", relationship: "my sister" })).toBe("Tilda (my sister)");
    expect(said({ relationship: "a stranger" })).toBe("the other one (a stranger)");
  });

  it("says nothing of meetings where none are kept", () => {
    expect(said({ name: "Otto", earlierTalks: null })).toBe("Otto");
    expect(said({ earlierTalks: null })).toBe("the other one, whose name you do not know");
  });

  it("says nothing of warmth before they know each other", () => {
    expect(said({ name: "Otto", earlierTalks: 1, turns: 2, warmth: -0.8 })).toBe(
      "Otto, whom you have met once",
    );
  });
});
