import { expect, it } from "vitest";
import { keysIn, withoutKeys } from "./without-keys.js";

it("known keys, key-shaped words and authorisation headers go; prose stays", () => {
  const keys = keysIn({ OPENAI_API_KEY: "plain-looking-value", HOME: "/home/plain", GROQ_API_KEY: "short" });
  expect(withoutKeys("it is plain-looking-value here", keys)).toBe("it is [key] here");
  expect(withoutKeys("first plain-2 second plain-2-and-more", ["plain-2", "plain-2-and-more"])).toBe(
    "first [key] second [key]",
  );
  expect(withoutKeys("sk-proj-abcdefghijklmnop and lsv2_pt_0123456789abcdef")).toBe("[key] and [key]");
  expect(withoutKeys("AIzaSyA-1234567890abcdef, ghp_0123456789abcdef01")).toBe("[key], [key]");
  expect(withoutKeys("http://ben:heron-2c6d@127.0.0.1/v1")).toBe("http://[key]@127.0.0.1/v1");
  expect(withoutKeys("Authorization: Bearer abc.def.ghi")).toBe("Authorization: [key]");
  expect(withoutKeys('{"authorization":"Basic dXNlcjpwYXNz"}')).toBe('{"authorization":"[key]"}');
  const prose = "After basic training he was the bearer of a token, and sk-8 was a tram.";
  expect(withoutKeys(prose, keys)).toBe(prose);
});
