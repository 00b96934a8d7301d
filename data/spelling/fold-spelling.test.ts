import { describe, expect, it } from "vitest";
import { personId } from "../person-id.js";
import { foldSpelling } from "./fold-spelling.js";

describe("foldSpelling", () => {
  it.each([
    ["Zoë", "zoe\u0308", "ZOE"],
    ["İzmir", "izmir", "Izmir", "ızmir"],
    ["Straße", "STRASSE", "strasse"],
    ["أحمد", "احمد", "أَحمد", "أحـمد"],
    ["فاطمة", "فاطمه"],
    ["漢語", "汉语"],
    ["ｋａｔｅ", "kate", "ka\u200bte"],
    ["١٩٦١", "1961", "۱۹۶۱"],
    ["Ἀθήνα", "αθηνα"],
  ])("writes %s in one way", (first, ...others) => {
    for (const other of others) expect(foldSpelling(other)).toBe(foldSpelling(first));
  });

  it("keeps letters apart that are others", () => {
    expect(foldSpelling("мой")).not.toBe(foldSpelling("мои"));
    expect(foldSpelling("か")).not.toBe(foldSpelling("が"));
  });
});

describe("personId", () => {
  it("is one for composed, decomposed and padded ids, and tells case and accents apart", () => {
    expect(new Set([" Zoë", "Zoe\u0308 ", "\u200bZoë"].map(personId))).toEqual(new Set(["Zoë"]));
    expect(personId("Zoe")).not.toBe(personId("zoe"));
  });
});
