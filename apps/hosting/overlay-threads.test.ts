import { expect, it } from "vitest";
import { inOverlay } from "./overlay-threads.js";

it("ends the layer that was not used for the longest time, never one in which a turn is taken", async () => {
  const ended: string[] = [];
  const person = {
    endThread: async (thread: string) => {
      ended.push(thread);
    },
  };
  const turn = (thread: string, work = async () => {}) => inOverlay(person, thread, work, 2);
  let over = () => {};
  const long = turn(
    "long",
    () =>
      new Promise<void>((resolve) => {
        over = resolve;
      }),
  );
  for (const thread of ["a", "b", "a", "c", "d"]) await turn(thread);
  expect(ended).toEqual(["b", "a"]);
  over();
  await long;
  expect(ended).toEqual(["b", "a", "c"]);
  await expect(turn("e", () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect(ended).toEqual(["b", "a", "c", "d"]);
});
