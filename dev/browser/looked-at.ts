import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";

/** Where Debian, Ubuntu and Fedora put it. */
const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * Runs a check of pages in a real browser, with a folder that is gone afterwards, and ends the process with its outcome.
 * Where no browser is installed it says so and passes, unless it is a build (`CI=true`).
 */
export async function lookedAt(check: (browser: Browser, folder: string) => Promise<void>): Promise<never> {
  const folder = await mkdtemp(join(tmpdir(), "simulacra-page-"));
  let browser: Browser | undefined;
  let code = 0;
  try {
    browser = await openBrowser();
    if (browser) await check(browser, folder);
  } catch (error) {
    console.error(error);
    code = 1;
  } finally {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  }
  process.exit(code);
}

async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = places.find((place) => existsSync(place));
  if (executablePath === undefined) {
    const message = "No Chromium is installed (apt-get install chromium): the page cannot be looked at.";
    if (process.env.CI === "true") throw new Error(message);
    console.log(`Skipped. ${message}`);
    return undefined;
  }
  const { chromium } = await import("playwright-core");
  // Containers of a build run as root, where the browser's own sandbox cannot start.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}

/** A page whose every request, dialog, error and console message is a fault. */
export async function look(browser: Browser, url: string, options: Parameters<Browser["newPage"]>[0] = {}) {
  const page = await browser.newPage({ viewport: { width: 1100, height: 1000 }, ...options });
  const faults: string[] = [];
  page.on("console", (message) => faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.route("**/*", (route) => {
    const wanted = route.request().url();
    if (wanted === url) return route.continue();
    faults.push(`request: ${wanted}`);
    return route.abort();
  });
  await page.goto(url);
  return { page, faults };
}
