import { describe, expect, it } from "vitest";
import { conditionName, readCondition } from "./conditions.js";
import { methodIds } from "./methods.js";

describe("a condition", () => {
  it.each([
    ...methodIds.map((id) => [id, id, []] as const),
    ["macm:without=emotion", "macm:without=emotion", ["emotion"]],
    ["macm:without=thinking+emotion", "macm:without=emotion+thinking", ["thinking", "emotion"]],
    [" macm:without=top+top ", "macm:without=top", ["top", "top"]],
  ] as const)("%s has one name", (text, name, without) => {
    const played = readCondition(text);
    expect(played.without).toEqual(without);
    expect(conditionName(played)).toBe(name);
    expect(conditionName(readCondition(name))).toBe(name);
  });

  it.each([
    ["magic", /There is no method "magic"/u],
    ["", /is no way to play a character/u],
    ["macm:", /is no way/u],
    ["macm:without=", /is no way/u],
    ["macm:without=emotion,thinking", /is no way/u],
    ["macm:without=humour", /There is no agent "humour" to leave out\. There are: top, thinking/u],
    ["macm:without=thinkin", /Did you mean thinking\?/u],
    ["rag:without=memory", /The method "rag" has no agents/u],
  ])("is not %j", (text, why) => {
    expect(() => readCondition(text)).toThrow(why);
  });
});
