import { MemorySaver } from "@langchain/langgraph-checkpoint";
import { expect, it } from "vitest";
import { BrokenSeal, SealedSerializer } from "./sealed-serializer.js";

const sealed = new SealedSerializer(new MemorySaver().serde);
const value = { versions: { messages: 3 }, said: "Grüß Gott" };

it("gives back what was written, as bytes and as the text that SQLite makes of them", async () => {
  const [type, bytes] = await sealed.dumpsTyped(value);
  expect(await sealed.loadsTyped(type, bytes)).toEqual(value);
  expect(await sealed.loadsTyped(type, Buffer.from(bytes).toString())).toEqual(value);
});

it("finds every changed byte, a part that is missing, another type, and what was never sealed", async () => {
  const [type, bytes] = await sealed.dumpsTyped(value);
  for (const place of bytes.keys()) {
    const damaged = Uint8Array.from(bytes);
    damaged[place] = (damaged[place] ?? 0) ^ 1;
    await expect(sealed.loadsTyped(type, damaged)).rejects.toThrow(BrokenSeal);
  }
  await expect(sealed.loadsTyped(type, bytes.subarray(0, 9))).rejects.toThrow(BrokenSeal);
  await expect(sealed.loadsTyped("bytes", bytes)).rejects.toThrow(BrokenSeal);
  await expect(sealed.loadsTyped(type, JSON.stringify(value))).rejects.toThrow(BrokenSeal);
});
