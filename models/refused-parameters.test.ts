import { expect, it } from "vitest";
import { refusedParameter } from "./refused-parameters.js";

const refused = (message: string, more: object = {}) =>
  refusedParameter(Object.assign(new Error(message), { status: 400, ...more }));

it.each([
  ["temperature", "Unsupported value: 'temperature' does not support 0.3 with this model."],
  ["max_tokens", "Unsupported parameter: 'max_tokens' is not supported with this model."],
  ["top_p", "`top_p` is deprecated for this model."],
  ["seed", "body.seed: Extra inputs are not permitted"],
])("%s is refused where the server does not know it", (name, message) => {
  expect(refused(message)).toBe(name);
  expect(refused(message, { param: name })).toBe(name);
  expect(refused("400", { param: name, code: "unsupported_parameter" })).toBe(name);
});

it.each([
  [
    "temperature",
    "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 3 instead.",
  ],
  ["temperature", "temperature 3 is above 2"],
  ["max_tokens", "max_tokens is too large: 99999. This model supports at most 16384 completion tokens."],
])("a wrong value of %s is no refusal", (param, message) => {
  expect(refused(message)).toBeUndefined();
  expect(refused(message, { param, code: "invalid_value" })).toBeUndefined();
});
