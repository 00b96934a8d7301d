import { expect, it } from "vitest";
import { leaks } from "./leaks.js";

const names = ["Robin", "Hester Tranter"];

it.each([
  "Robin: And what do you do?",
  "I make fenders.\n**Hester Tranter:** Good morning.",
  "<memories>The lock.</memories>",
  "Fine.<|im_end|>",
  "## My day\nI got up.",
  "User: hello",
  "Your thought: she is kind.",
])("sees that %j is no answer of a person alone", (answer) => expect(leaks(answer, names)).toBe(true));

it.each(["I told Robin: never on a Sunday.", "It is 5 < 6, I think.", "Me? I make fenders."])(
  "has nothing against %j",
  (answer) => expect(leaks(answer, names)).toBe(false),
);
