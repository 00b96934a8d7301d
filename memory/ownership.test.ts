import { describe, expect, it } from "vitest";
import { audienceLabel, audienceOf, audienceOfLabel, mayRecall, threadAudience } from "./ownership.js";

describe("whose memory it is", () => {
  it("names an audience the same way whoever comes first", () => {
    expect(audienceLabel(["ben", "ana"])).toBe(audienceLabel(["ana", "ben", "ana"]));
  });

  it("cannot be imitated by an id", () => {
    expect(audienceLabel(["ana+ben"])).not.toBe(audienceLabel(["ana", "ben"]));
    expect(audienceLabel(["a/b"])).not.toContain("/");
    expect(audienceLabel(["a.b"])).not.toContain(".");
  });

  it("reads a label back", () => {
    const people = audienceOf(["Ana Ñ", "ben+carl", "thread:x.1"]);
    expect(audienceOfLabel(audienceLabel(people))).toEqual(people);
    expect(audienceOfLabel(audienceLabel(Array.from({ length: 60 }, (_, i) => `person-${i}`)))).toBeNull();
  });

  it("recalls before those who were there, and before nobody else", () => {
    expect(mayRecall(["ana", "ben"], ["ana"])).toBe(true);
    expect(mayRecall(["ana", "ben"], ["ana", "ben"])).toBe(true);
    expect(mayRecall(["ana"], ["ana", "ben"])).toBe(false);
    expect(mayRecall(["ana"], ["ben"])).toBe(false);
    expect(mayRecall(["ana"], [])).toBe(false);
    expect(mayRecall(threadAudience("1"), threadAudience("2"))).toBe(false);
  });
});
