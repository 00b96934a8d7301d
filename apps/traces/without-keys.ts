import { keyShape } from "../../models/secrets.js";

/** What a key, an address with a password, or a header that carries one looks like. Prose ("basic training", "sk-8") does not. */
const keyShaped = keyShape(12);
const passwordShaped = /(:\/\/)[^/\s@:]+:[^/\s@]+@/gu;
const headerShaped = /(\bauthorization["']?\s*[:=]\s*["']?)(?:bearer\s+|basic\s+)?[^\s"',}]{4,}/giu;

/** Values of environment variables that hold keys: they are never written, whoever says them. */
export function keysIn(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env).flatMap(([name, value]) =>
    /_(?:API_)?KEY$|_TOKEN$|_SECRET$/u.test(name) && value !== undefined && value.length >= 6 ? [value] : [],
  );
}

/** The text with keys and authorisation headers taken out. */
export function withoutKeys(text: string, keys: readonly string[] = []): string {
  let clean = text;
  // The longest first: one that begins like another must not leave its end behind.
  for (const key of [...keys].sort((a, b) => b.length - a.length)) clean = clean.replaceAll(key, "[key]");
  return clean
    .replace(keyShaped, "[key]")
    .replace(passwordShaped, "$1[key]@")
    .replace(headerShaped, "$1[key]");
}
