import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { outliveReaders } from "./gone-readers.js";

function watched() {
  const streams = { stdout: new EventEmitter(), stderr: new EventEmitter() };
  const seen = { readerGone: false, broken: 0 };
  outliveReaders(streams, seen, () => seen.broken++);
  return { ...streams, seen };
}

const failure = (code: string) => Object.assign(new Error("write"), { code });

test("readers that go end nothing; the loss of stdout's is known", () => {
  const { stdout, stderr, seen } = watched();
  stderr.emit("error", failure("EPIPE"));
  expect(seen).toEqual({ readerGone: false, broken: 0 });
  stdout.emit("error", failure("EPIPE"));
  stdout.emit("error", failure("EPIPE"));
  expect(seen).toEqual({ readerGone: true, broken: 0 });
});

test("a full disk under either stream is broken", () => {
  const { stdout, stderr, seen } = watched();
  stdout.emit("error", failure("ENOSPC"));
  stderr.emit("error", failure("ENOSPC"));
  expect(seen).toEqual({ readerGone: false, broken: 2 });
});
