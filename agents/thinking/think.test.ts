import { expect, it } from "vitest";
import { readThought } from "./think.js";

it.each([
  ["They ask kindly.\nI want to: ask back", "They ask kindly.", "ask back"],
  ["They ask kindly.\n**I want to:** Say little.", "They ask kindly.", "say little"],
  ["I want to: leave", "", "leave"],
  ["I want to go home.\nNo.\n\n**I want to:**\n  leave.**\n\n", "I want to go home.\nNo.", "leave"],
])("reads what the person wants to do: %j", (reply, thought, intention) =>
  expect(readThought(reply)).toEqual({ thought, intention }),
);

it.each([
  "I do not know that man.",
  "He is after my boat.\nI want to: sell it to nobody",
  "I want to weep.",
  "I want to: leave\nNot yet.",
])("leaves a thought without one as it is: %j", (reply) =>
  expect(readThought(reply)).toEqual({ thought: reply }),
);
