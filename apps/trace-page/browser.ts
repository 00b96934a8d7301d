import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";

/** Where Debian, Ubuntu and Fedora put it. */
const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser that pages are looked at with; undefined where none is installed. */
export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = places.find((place) => existsSync(place));
  if (executablePath === undefined) return undefined;
  const { chromium } = await import("playwright-core");
  // Containers of a build run as root, where the browser's own sandbox cannot start.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}
