import { describe, expect, it } from "vitest";
import { Journal } from "../journal.js";
import { markOf } from "../message-marks.js";
import type { SeenPrompt } from "../soak-model.js";
import { confidenceCrossedIn, threadLostIn } from "./no-confidence-crossed.js";

const prompt = (agent: SeenPrompt["agent"], said: number | null, ...shown: number[]): SeenPrompt => ({
  agent,
  text: [...shown, ...(said === null ? [] : [said])].map(markOf).join(" "),
  talk: shown.map(markOf).join(" "),
  said: said === null ? null : markOf(said),
  authorization: undefined,
});

/** 1: Ann, 2: Ann and Bob, 3: Bob; 4: Ann again, in the conversation of 1. */
function journal(): Journal {
  const made = new Journal();
  const talks: [string, string[]][] = [
    ["a", ["ann"]],
    ["ab", ["ann", "bob"]],
    ["b", ["bob"]],
  ];
  for (const [thread, audience] of talks) made.answered(made.say(thread, audience, markOf), "I hear you.");
  made.say("a", ["ann"], markOf);
  return made;
}

describe("prompts", () => {
  it("may show what everyone present has heard", () => {
    expect(confidenceCrossedIn(prompt("think", 4, 1, 2), journal())).toEqual([]);
    expect(confidenceCrossedIn(prompt("content", null, 3), journal())).toEqual([]);
  });

  it.each([
    ["another's confidence", prompt("think", 4, 3)],
    ["one person's confidence in a group", prompt("respond", 2, 1)],
    ["two people's confidences between the turns", prompt("outdated", null, 1, 3)],
  ])("may not show %s", (_what, shown) => {
    expect(confidenceCrossedIn(shown, journal())).toHaveLength(1);
  });

  it("show the voice what was said just before", () => {
    expect(threadLostIn(prompt("respond", 4, 1), journal())).toEqual([]);
    expect(threadLostIn(prompt("respond", 4, 2), journal())).toHaveLength(1);
    const recalled = { ...prompt("respond", 4, 1), talk: markOf(4) };
    expect(threadLostIn(recalled, journal())).toHaveLength(1);
    expect(threadLostIn(prompt("think", 4, 2), journal())).toEqual([]);
  });
});
