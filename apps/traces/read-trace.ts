import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { z } from "zod";
import { SimulacraError } from "../../data/errors.js";
import { type RunLine, TRACE_VERSION, type TraceLine, traceLineSchema } from "./trace-line.js";

/** A line that could not be used, and why. */
export interface TraceProblem {
  /** From 1. */
  line: number;
  reason: string;
}

/** What a trace file holds. */
export interface TraceFile {
  lines: TraceLine[];
  problems: TraceProblem[];
  bytes: number;
}

const versioned = z.object({ v: z.number() });

/**
 * Reads a trace file. A line that is cut off (the program was killed), damaged or of a newer version is told of in
 * `problems`, and so is a run that stands there twice or is a part of itself; all others are read.
 * @throws SimulacraError `invalid_input` where there is no such file, or no line of it belongs to a trace
 */
export async function readTrace(path: string): Promise<TraceFile> {
  const file: TraceFile = { lines: [], problems: [], bytes: 0 };
  const read = new Map<number, TraceLine>();
  const runs = new Set<string>();
  const stream = createReadStream(path);
  let number = 0;
  try {
    for await (const text of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      if (text.trim() === "") continue;
      const line = readLine(text);
      if ("reason" in line) file.problems.push({ line: number, reason: line.reason });
      else if (isRun(line) && runs.has(line.id))
        file.problems.push({ line: number, reason: `the run ${line.id} stands in the file before` });
      else {
        if (isRun(line)) runs.add(line.id);
        read.set(number, line);
      }
    }
    file.bytes = stream.bytesRead;
  } catch (cause) {
    throw new SimulacraError(
      "invalid_input",
      `Cannot read ${path}. Give a file that was written with --trace.`,
      "user",
      { path },
      { cause },
    );
  }
  const parents = new Map([...read.values()].filter(isRun).map(({ id, parent }) => [id, parent]));
  for (const [line, found] of read) {
    if (isRun(found) && isOwnAncestor(found.id, parents))
      file.problems.push({ line, reason: `the run ${found.id} is said to be a part of itself` });
    else file.lines.push(found);
  }
  file.problems.sort((a, b) => a.line - b.line);
  if (file.lines.length === 0)
    throw new SimulacraError(
      "invalid_input",
      number === 0
        ? `${path} is empty: nothing was traced into it yet. Write one with: simulacra chat --trace ${path}`
        : `${path} holds no trace that can be read (line ${file.problems[0]?.line ?? 1}: ${file.problems[0]?.reason ?? "it is empty"}). Give a file that was written with --trace.`,
      "user",
      { path },
    );
  return file;
}

/** Whether a run is, by way of its parents, a part of itself: no program writes that, but a file may have been edited. */
function isOwnAncestor(id: string, parents: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>();
  for (let at = parents.get(id); at && !seen.has(at); at = parents.get(at)) {
    if (at === id) return true;
    seen.add(at);
  }
  return false;
}

const isRun = (line: TraceLine): line is RunLine => line.type !== "character" && line.type !== "passage";

function readLine(text: string): TraceLine | { reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {
      reason: "it is cut off or damaged; most likely the program was stopped while it wrote this line",
    };
  }
  const known = versioned.safeParse(value);
  if (known.success && known.data.v > TRACE_VERSION)
    return {
      reason: `it was written by a newer simulacra (version ${known.data.v} of the lines, this one reads up to ${TRACE_VERSION}): update to see it`,
    };
  const line = traceLineSchema.safeParse(value);
  if (line.success) return line.data;
  const issue = line.error.issues[0];
  return {
    reason: `it is no line of a trace: ${issue?.path.join(".") || "line"}: ${issue?.message ?? "unknown"}`,
  };
}
