import type { Output } from "./output.js";

/** A stream as far as its failures go. */
interface Failing {
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/**
 * A reader that has seen enough (`simulacra … | head`) is not an error: the command does its work to the end and ends
 * with its own code, whatever of its output is still read.
 * @param broken - called when a stream fails in any other way
 */
export function outliveReaders(
  { stdout, stderr }: { stdout: Failing; stderr: Failing },
  output: Pick<Output, "readerGone">,
  broken: () => void,
): void {
  stdout.on("error", ({ code }) => {
    if (code === "EPIPE") output.readerGone = true;
    else broken();
  });
  stderr.on("error", ({ code }) => {
    if (code !== "EPIPE") broken();
  });
}
