// Looks at the page of a real 30-turn trace in a real browser: `npm run browser-test`, with `-- --screenshot FILE` to keep a picture.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { tracePage } from "../../apps/trace-page/trace-page.js";
import { readTrace } from "../../apps/traces/read-trace.js";
import { traceAccount } from "../../apps/traces/trace-account.js";
import { traceConversation } from "./example-trace.js";
import { look, lookedAt } from "./looked-at.js";

const { values: flags } = parseArgs({ options: { screenshot: { type: "string" } } });
const mostBytes = 2_000_000;
const firstViewMs = 1_000;

const text = (page: Page, script: string) => page.evaluate<string>(script);
const number = (page: Page, script: string) => page.evaluate<number>(script);
const truth = (page: Page, script: string) => page.evaluate<boolean>(script);

async function firstView(browser: Browser, url: string): Promise<number> {
  const { page, faults } = await look(browser, url);
  const paint = await number(
    page,
    `new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntriesByName("first-contentful-paint")[0].startTime)).observe({ type: "paint", buffered: true }))`,
  );
  await page.locator("ol.turns > li").first().waitFor({ state: "visible" });
  const turns = await number(page, `performance.getEntriesByType("navigation")[0].domInteractive`);
  assert.equal(await page.locator("li.turn:not(.work)").count(), 30, "every turn is on the page");
  assert.ok(paint < firstViewMs, `first contentful paint after ${paint} ms`);
  assert.ok(turns < firstViewMs, `the list of turns was there after ${turns} ms`);
  assert.deepEqual(faults, []);
  await page.close();
  return Math.round(Math.max(paint, turns));
}

/** No mouse from here on. */
async function byKeyboard(browser: Browser, url: string): Promise<void> {
  const { page, faults } = await look(browser, url);
  const focused = () =>
    text(page, `document.activeElement.closest("li.turn")?.id ?? document.activeElement.className`);
  const open = (what: string) => truth(page, `document.querySelector(${JSON.stringify(what)}).open`);
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "skip", "the first stop skips to the content");
  for (let stop = 0; stop < 12 && (await focused()) !== "c1-turn-1"; stop++) await page.keyboard.press("Tab");
  assert.equal(await focused(), "c1-turn-1", "Tab reaches the first turn");
  assert.notEqual(
    await text(page, `getComputedStyle(document.activeElement).outlineStyle`),
    "none",
    "focus is seen",
  );
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(), "c1-turn-2");
  await page.keyboard.press("End");
  assert.match(await focused(), /c1-(turn-30|memory-\d+)/u);
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.ok(await open("#c1-turn-2 [data-row]"), "Enter opens a turn");
  const inPrompt = () => truth(page, `document.activeElement.matches("#c1-turn-2 .prompt > summary")`);
  for (let stop = 0; stop < 40 && !(await inPrompt()); stop++) await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  assert.ok(await open("#c1-turn-2 .prompt"), "the arrow opens a prompt");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("#c1-turn-2 .sections .stored:not(:empty)").first().waitFor();
  assert.match(
    await text(page, `document.querySelector("#c1-turn-2 .sections .stored").textContent`),
    /Hester Tranter/u,
  );
  for (let level = 0; level < 3; level++) await page.keyboard.press("Escape");
  assert.equal(await open("#c1-turn-2 [data-row]"), false, "Escape closes, from the inside out");
  assert.equal(await focused(), "c1-turn-2", "and the focus stays at the turn");
  assert.deepEqual(faults, []);
  await page.close();
}

/** Every bar has its number in words beside it; every text has enough contrast, in light and dark. */
async function readable(browser: Browser, url: string, colorScheme: "light" | "dark"): Promise<void> {
  const { page, faults } = await look(browser, url, { colorScheme });
  await page.evaluate(
    `document.querySelectorAll("#c1-turn-2 details").forEach((one) => { one.open = true; })`,
  );
  await page.locator("#c1-turn-2 .stored:not(:empty)").first().waitFor();
  const silentBars = await number(
    page,
    `[...document.querySelectorAll(".bar")].filter((bar) => !/\\d/.test(bar.closest("summary, .step").querySelector(".number").textContent)).length`,
  );
  assert.equal(silentBars, 0, "no bar says anything that is not written");
  const unnamed = await number(
    page,
    `[...document.querySelectorAll("svg")].filter((svg) => !svg.querySelector("title")?.textContent || !svg.querySelector("desc")?.textContent).length`,
  );
  assert.equal(unnamed, 0, "every drawing has a name and a description");
  const faint = await page.evaluate<string[]>(contrastScript);
  assert.deepEqual(faint, [], `texts with too little contrast (${colorScheme})`);
  assert.deepEqual(faults, []);
  await page.close();
}

/** WCAG 2.2, 1.4.3: at least 4.5 to 1 between a text and the ground that it stands on. */
const contrastScript = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => channels(colour).slice(0, 3).map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (el) => { for (let at = el; at; at = at.parentElement) { const c = getComputedStyle(at).backgroundColor; if (channels(c)[3] !== 0) return c; } return "rgb(255,255,255)"; };
  return [...document.querySelectorAll("body *")].filter((el) => el.checkVisibility() && [...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
    .flatMap((el) => { const ink = el instanceof SVGElement ? getComputedStyle(el).fill : getComputedStyle(el).color;
      if (!ink.startsWith("rgb")) return [];
      const [a, b] = [light(ink), light(ground(el))].sort((x, y) => y - x); const ratio = (a + 0.05) / (b + 0.05);
      return ratio < 4.5 ? [el.tagName + ": " + el.textContent.slice(0, 40) + " " + ratio.toFixed(2)] : []; });
})()`;

async function withoutColour(browser: Browser, url: string): Promise<void> {
  const { page, faults } = await look(browser, url);
  await page.evaluate(`document.querySelector("#c1-turn-2 [data-row]").open = true`);
  await page.emulateMedia({ forcedColors: "active" });
  const bar = await text(
    page,
    `(() => { const c = getComputedStyle(document.querySelector("#c1-turn-2 .waterfall .bar")); return c.backgroundColor + "/" + getComputedStyle(document.body).backgroundColor; })()`,
  );
  assert.notEqual(bar.split("/")[0], bar.split("/")[1], "bars are seen where colours are forced");
  await page.emulateMedia({ forcedColors: "none", media: "print" });
  assert.equal(
    await text(page, `getComputedStyle(document.documentElement).backgroundColor`),
    "rgb(255, 255, 255)",
  );
  assert.ok(
    await truth(page, `getComputedStyle(document.querySelector("[data-open-all]")).display === "none"`),
  );
  const shown = await truth(
    page,
    `document.querySelector("#c1-turn-3 .inside").checkVisibility({ contentVisibilityAuto: true })`,
  );
  assert.ok(shown, "what is behind an answer is printed, opened or not");
  const paper = await page.pdf({ format: "A4" });
  assert.ok(paper.length > 100_000, "it prints");
  assert.deepEqual(faults, []);
  await page.close();
}

async function onAPhone(browser: Browser, url: string): Promise<void> {
  const { page, faults } = await look(browser, url, { viewport: { width: 380, height: 800 } });
  const wide = () =>
    number(page, `document.documentElement.scrollWidth - document.documentElement.clientWidth`);
  assert.ok((await wide()) <= 0, "nothing stands out to the side");
  await page.locator("[data-open-all]").press("Enter");
  await page.evaluate(`document.querySelectorAll("details").forEach((one) => { one.open = true; })`);
  await page.locator("#c1-turn-30 .stored:not(:empty)").first().waitFor();
  assert.ok((await wide()) <= 0, "nor with everything open");
  assert.deepEqual(faults, []);
  await page.close();
}

/** For the README: a turn with one memory, opened, as far as a screen shows it. */
async function picture(browser: Browser, url: string, file: string): Promise<void> {
  const { page } = await look(browser, url, {
    viewport: { width: 960, height: 1440 },
    reducedMotion: "reduce",
  });
  await page.evaluate(`(() => {
    const turn = [...document.querySelectorAll("li.turn")].find((one) => one.querySelectorAll(".memory").length === 1);
    turn.querySelector("[data-row]").open = true;
    turn.scrollIntoView();
  })()`);
  await page.screenshot({ path: file });
  await page.close();
}

await lookedAt(async (browser, folder) => {
  const trace = join(folder, "trace.jsonl");
  await traceConversation(trace, join(folder, "home"));
  const html = await tracePage(traceAccount(await readTrace(trace)));
  const file = join(folder, "trace.html");
  await writeFile(file, html);
  const url = pathToFileURL(file).href;
  const bytes = Buffer.byteLength(html);
  assert.ok(bytes < mostBytes, `the page has ${bytes} bytes`);
  const ms = await firstView(browser, url);
  await byKeyboard(browser, url);
  await readable(browser, url, "light");
  await readable(browser, url, "dark");
  await withoutColour(browser, url);
  await onAPhone(browser, url);
  if (flags.screenshot !== undefined) await picture(browser, url, flags.screenshot);
  console.log(
    `Trace page of 30 turns: ${Math.round(bytes / 1000)} kB, first view after ${ms} ms; keyboard, contrast, forced colours, print and 380 px hold.`,
  );
});
