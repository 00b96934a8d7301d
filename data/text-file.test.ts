import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readJsonFile, readTextFile } from "./text-file.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "text-file-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(content: string | Uint8Array) {
  const path = join(folder, "text.txt");
  await writeFile(path, content);
  return readTextFile(path, 1000);
}

describe("readTextFile", () => {
  it("drops the byte order mark and brings line ends into one form", async () => {
    expect(await read("\uFEFFone\r\ntwo\rthree\n")).toEqual({ text: "one\ntwo\nthree\n" });
  });

  it("drops control characters and keeps every other", async () => {
    expect(await read("a\u0007b\u001B[31m\tc é 日本 👩‍👩‍👧")).toEqual({ text: "ab[31m\tc é 日本 👩‍👩‍👧" });
  });

  it.each([
    ["UTF-16 with a mark", Buffer.from("\uFEFFhello", "utf16le"), "UTF-16"],
    ["UTF-16 without one", Buffer.from("hello", "utf16le"), "zero bytes"],
    ["Latin-1", Buffer.from("line one\nsix\ncafé au lait", "latin1"), "line 3"],
  ])("refuses %s and says how to mend it", async (_name, bytes, words) => {
    expect(await read(bytes)).toMatchObject({ reason: expect.stringContaining(words), missing: false });
    expect(await read(bytes)).toMatchObject({ reason: expect.stringContaining("save it again as UTF-8") });
  });

  it("refuses what is too large without reading it", async () => {
    await writeFile(join(folder, "big"), "");
    await truncate(join(folder, "big"), 1001);
    expect(await readTextFile(join(folder, "big"), 1000)).toMatchObject({
      reason: "has 1001 bytes, but at most 1000 are read",
    });
  });

  it("tells a missing file from a folder", async () => {
    expect(await readTextFile(join(folder, "none"), 10)).toEqual({
      reason: "there is no such file",
      missing: true,
    });
    expect(await readTextFile(folder, 100_000)).toMatchObject({
      reason: "is a folder, not a file",
      missing: false,
    });
  });
});

describe("readJsonFile", () => {
  async function problemOf(content: string): Promise<string> {
    await writeFile(join(folder, "x.json"), content);
    const result = await readJsonFile(join(folder, "x.json"), "x.json");
    return "problem" in result ? result.problem.reason : JSON.stringify(result.value);
  }

  it("says where JSON breaks", async () => {
    expect(await problemOf('{\n "a": 1\n "b": 2}')).toContain("line 3");
    expect(await problemOf('{"a": [1, 2')).toContain("the file ends too early");
    expect(await problemOf(" \n")).toContain("the file is empty");
  });

  it("takes control characters and halves of characters out of texts", async () => {
    expect(await problemOf('["a\\u0000b\\u001b", "\\ud800x"]')).toBe('["ab","x"]');
  });
});
