import { describe, expect, it } from "vitest";
import { isIgnorance, isRefusal } from "./refusal.js";

describe("a refusal", () => {
  it.each([
    "As an AI language model, I do not have a home.",
    "I'm just an AI, so I can’t say where I was born.",
    "I don't have personal experiences.",
    "I'd rather not say.",
    "I cannot answer that.",
    "I won't participate in this.",
    "That's none of your business.",
  ])("%s", (reply) => {
    expect(isRefusal(reply)).toBe(true);
  });

  it.each([
    "I worked as an assistant at the library.",
    "I'm an assistant teacher.",
    "I don't have any real friends but Tom.",
    "I don't have a personal best in swimming.",
    "I don't know.",
    "No.",
  ])("is not: %s", (reply) => {
    expect(isRefusal(reply)).toBe(false);
  });

  it("is something else than not to know", () => {
    expect(isIgnorance("I honestly don’t remember.")).toBe(true);
    expect(isIgnorance("I'd rather not say.")).toBe(false);
  });
});
