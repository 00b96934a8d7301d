import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { checkMemories } from "./character-checks.js";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "simulacra-doctor-"));
  await mkdir(join(home, "memory/anna"), { recursive: true });
  new Database(join(home, "memory/anna/memory.sqlite")).exec("CREATE TABLE t (x)").close();
});
afterAll(() => rm(home, { recursive: true, force: true }));

const damaged = `SQLite format 3\u0000${"nonsense".repeat(1000)}`;

it("warns of a damaged file that was put aside, and fails for one in use", async () => {
  const aside = join(home, "memory/anna/checkpoints.sqlite.damaged-1795270000000");
  await writeFile(aside, damaged);
  const [check, ...others] = await checkMemories({ home });
  expect(check).toMatchObject({ status: "warn", detail: expect.stringContaining(aside) });
  expect(others).toMatchObject([{ status: "ok", detail: "1 database is whole" }]);

  await writeFile(join(home, "memory/anna/checkpoints.sqlite"), damaged);
  expect((await checkMemories({ home })).map(({ status }) => status)).toEqual(["warn", "fail"]);
});
