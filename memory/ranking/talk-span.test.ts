import { describe, expect, it } from "vitest";
import { talkSpan } from "./talk-span.js";

const at = (text: string) => Date.parse(`2026-05-${text}:00Z`);
const told = ["01T10:00", "01T10:20", "03T09:00", "03T09:50", "07T20:00", "07T20:30"].map(at);
const span = (from: string, to: string) => ({ from: at(from), to: at(to) + 1 });

describe("talkSpan", () => {
  it("ends a talk where nothing was said for more than an hour", () => {
    expect(talkSpan("first", told, new Date(at("09T10:00")))).toEqual(span("01T10:00", "01T10:20"));
    expect(talkSpan("last", told, new Date(at("09T10:00")))).toEqual(span("07T20:00", "07T20:30"));
  });

  it("takes the present talk for no last one, unless there is no other", () => {
    expect(talkSpan("last", told, new Date(at("07T20:40")))).toEqual(span("03T09:00", "03T09:50"));
    expect(talkSpan("last", told.slice(4), new Date(at("07T20:40")))).toEqual(span("07T20:00", "07T20:30"));
  });

  it("knows none where nothing was told", () => {
    expect(talkSpan("first", [], new Date(0))).toBeUndefined();
  });
});
