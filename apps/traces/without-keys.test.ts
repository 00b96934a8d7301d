import { expect, it } from "vitest";
import { keysIn, withoutKeys } from "./without-keys.js";

it("known keys, key-shaped words and authorisation headers go; prose stays", () => {
  const keys = keysIn({ OPENAI_API_KEY: "plain-looking-value", HOME: "/home/plain", GROQ_API_KEY: "short" });
  expect(withoutKeys("it is plain-looking-value here", keys)).toBe("it is [key] here");
  expect(withoutKeys("sk-proj-abcdefghijklmnop and lsv2_pt_0123456789abcdef")).toBe("[key] and [key]");
  expect(withoutKeys("Authorization: Bearer abc.def.ghi")).toBe("Authorization: [key]");
  expect(withoutKeys('{"authorization":"Basic dXNlcjpwYXNz"}')).toBe('{"authorization":"[key]"}');
  const prose = "After basic training he was the bearer of a token, and sk-8 was a tram.";
  expect(withoutKeys(prose, keys)).toBe(prose);
});
