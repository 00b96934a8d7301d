// Looks at the report of a run of 10,000 samples in a real browser: part of `npm run browser-test`; `-- --screenshot FILE` keeps a picture.
import assert from "node:assert/strict";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { writeComparison } from "../../evals/core/report/write-comparison.js";
import { writeReport } from "../../evals/core/report/write-report.js";
import { generateRun } from "../doubles/evals/generated-run.js";
import { look, lookedAt } from "./looked-at.js";

const { values: flags } = parseArgs({ options: { screenshot: { type: "string" } }, strict: false });
const leastSamples = 10_000;
const mostBytes = 25_000_000;
const firstViewMs = 2_000;
const filterMs = 200;
const methods = ["blank", "prompt", "rag", "macm"] as const;

const ready = (page: Page) => page.locator("#list[data-ready]").waitFor({ state: "attached" });
const found = (page: Page) => page.locator(".found").textContent();

async function firstView(browser: Browser, url: string): Promise<number> {
  const { page, faults } = await look(browser, url);
  const paint = await page.evaluate<number>(
    `new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntriesByName("first-contentful-paint")[0].startTime)).observe({ type: "paint", buffered: true }))`,
  );
  await ready(page);
  const listed = await page.evaluate<number>(`performance.now()`);
  assert.equal(await page.locator(".samples > li").count(), 50, "a page of the list is there");
  assert.ok(listed < firstViewMs, `the list was there after ${listed} ms`);
  assert.deepEqual(faults, []);
  await page.close();
  return Math.round(Math.max(paint, listed));
}

/** The slowest of several filters, from the choice to the next frame. */
async function filters(browser: Browser, url: string): Promise<number> {
  const { page, faults } = await look(browser, url);
  await ready(page);
  const times: number[] = [];
  for (const [name, value] of [
    ["status", "refused"],
    ["method", "macm"],
    ["character", "hester-tranter"],
    ["status", ""],
    ["item", "cloze"],
    ["item", ""],
  ])
    times.push(
      await page.evaluate<number>(`new Promise((resolve) => {
        const field = document.querySelector(".filters").elements.namedItem(${JSON.stringify(name)});
        const start = performance.now();
        field.value = ${JSON.stringify(value)};
        field.dispatchEvent(new Event("input", { bubbles: true }));
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
      })`),
    );
  assert.match((await found(page)) ?? "", /^[\d,]+ of [\d,]+ samples$/u);
  const shown = await page.evaluate<string[]>(
    `[...document.querySelectorAll(".samples .c-character")].map((cell) => cell.dataset.value)`,
  );
  assert.deepEqual([...new Set(shown)], ["hester-tranter"], "only what was asked for is listed");
  const slowest = Math.max(...times);
  assert.ok(slowest < filterMs, `a filter took ${slowest} ms`);
  assert.deepEqual(faults, []);
  await page.close();
  return Math.round(slowest);
}

/** No mouse from here on: from the top to a mind. */
async function byKeyboard(browser: Browser, url: string): Promise<void> {
  const { page, faults } = await look(browser, url);
  await ready(page);
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate<boolean>(`document.activeElement.matches(".skip")`));
  await page.locator("select[name=method]").focus();
  await page.keyboard.type("macm");
  await page.keyboard.press("Tab");
  await page.waitForFunction(`/ of /.test(document.querySelector(".found").textContent)`);
  await page.locator("select[name=status]").focus();
  await page.keyboard.type("answered");
  const inRow = () => page.evaluate<boolean>(`document.activeElement.matches(".sample > summary")`);
  for (let stop = 0; stop < 12 && !(await inRow()); stop++) await page.keyboard.press("Tab");
  assert.ok(await inRow(), "Tab reaches the first sample");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator(".sample[open] .side").waitFor();
  const row = page.locator(".sample[open]");
  const inside = (await row.textContent()) ?? "";
  for (const expected of [
    "Asked",
    "Replied",
    "Extracted answer",
    "Right answer (key)",
    "What went on in the mind",
  ])
    assert.ok(inside.includes(expected), `${expected} is shown`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator(".sample[open] .inside").waitFor({ state: "visible" });
  const mind = (await page.locator(".sample[open] .inside").textContent()) ?? "";
  for (const expected of [
    "Noticed",
    "Remembered",
    "Why this came to mind",
    "Thought",
    "Felt",
    "Mood afterwards",
  ])
    assert.ok(mind.includes(expected), `${expected} is shown`);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".sample[open]").count(), 0, "Escape closes, from the inside out");
  assert.deepEqual(faults, []);
  await page.close();
}

/** Counts lead to their samples; nothing stands out to the side on a phone; it prints; what is drawn is described. */
async function otherwise(browser: Browser, url: string): Promise<void> {
  const { page, faults } = await look(browser, url, { viewport: { width: 380, height: 800 } });
  await ready(page);
  await page.evaluate(
    `document.querySelectorAll("details.aside, .sample:nth-child(1)").forEach((one) => { one.open = true; })`,
  );
  await page.locator(".sample[open] .side").first().waitFor();
  const wide = `document.documentElement.scrollWidth - document.documentElement.clientWidth`;
  assert.ok((await page.evaluate<number>(wide)) <= 0, "nothing stands out to the side");
  const link = page.locator("[data-filter*=refused]").first();
  const count = await link.textContent();
  await link.press("Enter");
  assert.ok((await found(page))?.startsWith(`${count} of `), "a count leads to its samples");
  const unnamed = await page.evaluate<number>(
    `[...document.querySelectorAll("svg")].filter((svg) => !svg.querySelector("title")?.textContent || !svg.querySelector("desc")?.textContent).length`,
  );
  assert.equal(unnamed, 0, "every drawing has a name and a description");
  await page.emulateMedia({ media: "print" });
  assert.ok((await page.pdf({ format: "A4" })).length > 100_000, "it prints");
  assert.deepEqual(faults, []);
  await page.close();
}

/** Both replies of a changed answer stand side by side. */
async function compared(browser: Browser, url: string): Promise<void> {
  const { page, faults } = await look(browser, url);
  await ready(page);
  await page.locator(".sample > summary").first().press("Enter");
  await page.locator(".sample[open] .side").nth(1).waitFor();
  const labels = await page.locator(".side > h3").allTextContents();
  assert.deepEqual(labels, ["A: before", "B: after"]);
  assert.deepEqual(faults, []);
  await page.close();
}

async function picture(browser: Browser, url: string, file: string): Promise<void> {
  const { page } = await look(browser, url, { viewport: { width: 1100, height: 1250 } });
  await page.evaluate(
    `document.querySelector(".measure").previousElementSibling.previousElementSibling.scrollIntoView()`,
  );
  await page.screenshot({ path: file });
  await page.close();
}

await lookedAt(async (browser, folder) => {
  const runs = ["big", "before", "after"].map((name) => join(folder, name));
  for (const run of runs) await mkdir(run);
  const [big = "", before = "", after = ""] = runs;
  const samples = await generateRun(big, {
    instruments: ["self-report", "conformity"],
    subjects: 17,
    methods,
    repeats: 3,
  });
  assert.ok(samples >= leastSamples, `${samples} samples`);
  const start = performance.now();
  const { report } = await writeReport(big);
  const seconds = Math.round((performance.now() - start) / 1_000);
  const { size } = await stat(report);
  assert.ok(size < mostBytes, `the report has ${size} bytes`);
  const url = pathToFileURL(report).href;
  const view = await firstView(browser, url);
  const filter = await filters(browser, url);
  await byKeyboard(browser, url);
  await otherwise(browser, url);
  for (const [run, shift] of [
    [before, 0],
    [after, 0.2],
  ] as const)
    await generateRun(run, {
      instruments: ["self-report"],
      subjects: 2,
      methods: ["prompt", "macm"],
      repeats: 1,
      shift,
    });
  const page = join(folder, "comparison.html");
  await writeComparison(before, after, page);
  await compared(browser, pathToFileURL(page).href);
  if (typeof flags.screenshot === "string") await picture(browser, url, flags.screenshot);
  console.log(
    `Report of ${samples.toLocaleString("en")} samples: written in ${seconds} s, ${(size / 1e6).toFixed(1)} MB, first view after ${view} ms, slowest filter ${filter} ms; keyboard, counts that lead to samples, print, 380 px and the comparison of two runs hold.`,
  );
});
