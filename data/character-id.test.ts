import { describe, expect, it } from "vitest";
import { characterIdSchema } from "./character.js";
import { characterId } from "./character-id.js";

describe("characterId", () => {
  it.each([
    ["Mary Jones", "mary-jones"],
    ["  Zoë  O'Brien-Smith, Jr. ", "zoe-obrien-smith-jr"],
    ["Teodor Vâlcan", "teodor-valcan"],
    ["Ёлка Ганна", "ёлка-ганна"],
    ["ガブリエル", "ガブリエル"],
    ["山田 太郎", "山田-太郎"],
    ["メアリー", "メアリー"],
    ["मेरी", "मेरी"],
    ["Ｍａｒｙ", "mary"],
  ])("makes of %s the folder name %s", (name, id) => {
    expect(characterId(name)).toBe(id);
  });

  it.each(["", "   ", "a/b", "a\\b", "..", "a..b", "a\u0000b", "a\nb", "／etc", "!!!", "x".repeat(121)])(
    "refuses %j",
    (name) => {
      expect(() => characterId(name)).toThrow(/cannot be the name of a character/);
    },
  );

  it("stays within what a file system allows", () => {
    for (const name of ["山".repeat(120), "𠮷".repeat(60), "ab ".repeat(39)]) {
      const id = characterId(name);
      expect(Buffer.byteLength(id)).toBeLessThanOrEqual(200);
      expect(characterIdSchema.safeParse(id).success).toBe(true);
    }
  });
});
