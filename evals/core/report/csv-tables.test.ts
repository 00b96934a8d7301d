import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeTables } from "./csv-tables.js";
import type { InstrumentRun } from "./load-run.js";

it("no cell is a formula to a spreadsheet, and numbers stay numbers", () => {
  const folder = mkdtempSync(join(tmpdir(), "tables-"));
  const rows = [
    { reply: "=HYPERLINK(1)", sum: -2.5 },
    { reply: "@x", sum: null },
    { reply: "- no", sum: 1 },
  ];
  const columns = [
    { id: "reply", title: "Reply" },
    { id: "sum", title: "Sum" },
  ];
  const results = { instrument: { name: "own" }, tables: [{ id: "t", title: "T", columns, rows }] };
  const empty = { conditions: [], measures: [], comparisons: [], usage: [], latency: [] };
  const run = { results: { ...empty, ...results }, samples: [] } as unknown as InstrumentRun;
  try {
    writeTables(folder, [run]);
    const lines = readFileSync(join(folder, "own-t.csv"), "utf8").trim().split("\r\n");
    expect(lines).toEqual(["reply,sum", "'=HYPERLINK(1),-2.5", "'@x,", "'- no,1"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
