import { describe, expect, it } from "vitest";
import { dateFit, readDate } from "./question-date.js";

const now = new Date("2024-03-15T12:00:00Z");
const date = (text: string) => readDate(text, now)?.date;

describe("readDate", () => {
  it.each([
    ["What happened on May 3, 2023?", { year: 2023, month: 5, day: 3 }],
    ["What happened on 3rd of May?", { month: 5, day: 3 }],
    ["What did she do on 21 December 2022?", { year: 2022, month: 12, day: 21 }],
    ["in December 2023", { year: 2023, month: 12 }],
    ["Where was he in May?", { month: 5 }],
    ["on 2023-05-03", { year: 2023, month: 5, day: 3 }],
    ["2023年5月に何をしましたか", { year: 2023, month: 5 }],
    ["what did I say yesterday?", { year: 2024, month: 3, day: 14 }],
    ["the film of 20 days ago", { year: 2024, month: 2, day: 24 }],
    ["last month", { year: 2024, month: 2 }],
  ])("reads %s", (text, expected) => expect(date(text)).toEqual(expected));

  it.each(["May I ask you something?", "a march through town", "in 1999", "on May 45", ""])(
    "finds no date in %s",
    (text) => expect(date(text)).toBeUndefined(),
  );

  it("gives the question without the date", () => {
    expect(readDate("Who came on May 3, 2023 to tea?", now)?.rest).toMatch(/^Who came on\s+to tea\?$/);
  });
});

describe("dateFit", () => {
  const told = (text: string) => new Date(`${text}T10:00:00Z`);

  it("fits a month wholly or not", () => {
    expect(dateFit({ month: 5 }, told("2021-05-30"))).toBe(1);
    expect(dateFit({ month: 5, year: 2023 }, told("2021-05-30"))).toBe(0);
  });

  it("fits a day less the further from it something was told", () => {
    const day = { year: 2023, month: 5, day: 3 };
    const fits = ["2023-05-03", "2023-05-05", "2023-05-10", "2023-04-28", "2023-05-29", "2023-08-01"].map(
      (text) => dateFit(day, told(text)),
    );
    expect(fits).toEqual([1, 1, 0.6, 0.6, 0.2, 0]);
  });
});
