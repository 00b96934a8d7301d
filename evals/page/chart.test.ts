import { expect, it } from "vitest";
import { chartSvg } from "./chart.js";

it("a chart is one named drawing that takes its colours from the page", async () => {
  const { markup } = await chartSvg(
    {
      xAxis: { type: "category", data: ["1", "2"] },
      yAxis: { type: "value" },
      series: [{ type: "line", data: [1, 3], lineStyle: { color: "var(--accent)" } }],
    },
    { width: 300, height: 100, title: "Mood <1>", description: "It rises." },
  );
  expect(markup).toMatch(/^<svg [^>]*role="img"[^>]*viewBox="0 0 300 100"/u);
  expect(markup).toContain("Mood &lt;1&gt;</title>");
  expect(markup).toContain("It rises.</desc>");
  expect(markup).toContain('stroke="var(--accent)"');
});
