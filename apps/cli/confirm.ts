import { createInterface } from "node:readline/promises";
import type { CommandLine } from "./command-line.js";

/** Asks a person at the terminal (see `canAsk`); anything but yes is no. */
export async function confirm(cli: CommandLine, question: string): Promise<boolean> {
  const output = cli.output.stderr as NodeJS.WritableStream;
  const readline = createInterface({ input: cli.surroundings.stdin, output });
  try {
    return /^y(es)?$/i.test((await readline.question(question)).trim());
  } finally {
    readline.close();
  }
}
