import { expect, it } from "vitest";
import { type Forest, forestChart, tick } from "./forest-chart.js";

const row = (value: number) => ({ label: "a", beside: "", value, interval: null, text: "", references: [] });
const drawn = async (zero: boolean, ...values: number[]) => {
  const forest: Forest = { title: "T", description: "D", unit: "u", rows: values.map(row), zero };
  const [wide] = await forestChart(forest);
  return [...String(wide).matchAll(/<text[^>]*>([−\d.]+)<\/text>/gu)].map(([, text]) => text);
};

it("an axis that begins at zero says so, in plain numbers", async () => {
  expect((await drawn(false, 0, 14, 34)).slice(0, 2)).toEqual(["0", "5"]);
  expect(tick(0.30000000000000004)).toBe("0.3");
  expect(tick(-10)).toBe("−10");
});

it("no difference at all stands in the midst of its axis", async () => {
  const labels = await drawn(true, 0);
  expect(labels.some((label) => label?.startsWith("−"))).toBe(true);
  expect(labels).toContain("0");
});
