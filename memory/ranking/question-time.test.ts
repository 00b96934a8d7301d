import { describe, expect, it } from "vitest";
import { timeFit } from "./asked-time.js";
import { readTime } from "./question-time.js";

/** A Friday afternoon. */
const now = new Date("2024-03-15T14:00:00Z");
const spans = (text: string, zone = "UTC") =>
  readTime(text, now, zone)?.time.spans.map(({ from, to }) =>
    [from, to].map((at) => new Date(at).toISOString().slice(0, 16).replace("T00:00", "")),
  );

describe("readTime", () => {
  it.each([
    ["What happened on May 3, 2023?", "2023-05-03", "2023-05-04"],
    ["What did she do on 21 December 2022?", "2022-12-21", "2022-12-22"],
    ["in December 2023", "2023-12-01", "2024-01-01"],
    ["on 2023-05-03", "2023-05-03", "2023-05-04"],
    ["2023年5月に何をしましたか", "2023-05-01", "2023-06-01"],
    ["what did I say yesterday?", "2024-03-14", "2024-03-15"],
    ["and yesterday evening?", "2024-03-14T16:30", "2024-03-15T02:00"],
    ["the day before yesterday", "2024-03-13", "2024-03-14"],
    ["last night", "2024-03-14T18:00", "2024-03-15T05:00"],
    ["this morning", "2024-03-15T04:00", "2024-03-15T12:30"],
    ["the film of 20 days ago", "2024-02-24", "2024-02-25"],
    ["six days ago", "2024-03-09", "2024-03-10"],
    ["last Tuesday", "2024-03-12", "2024-03-13"],
    ["on Monday morning", "2024-03-11T04:00", "2024-03-11T12:30"],
    ["two weeks ago", "2024-02-27T02:00", "2024-03-05T02:00"],
    ["last week", "2024-03-04", "2024-03-11"],
    ["last month", "2024-02-01", "2024-03-01"],
    ["this year", "2024-01-01", "2025-01-01"],
    ["last year", "2023-01-01", "2024-01-01"],
    ["last winter", "2023-12-01", "2024-03-01"],
    ["last spring", "2023-03-01", "2023-06-01"],
    ["last weekend", "2024-03-09", "2024-03-11"],
    ["on the 20th", "2024-02-20", "2024-02-21"],
    ["Was hab ich dir vorgestern erzählt?", "2024-03-13", "2024-03-14"],
    ["am 24. Februar 2024", "2024-02-24", "2024-02-25"],
    ["vor drei Tagen", "2024-03-12", "2024-03-13"],
    ["letzten Dienstag", "2024-03-12", "2024-03-13"],
    ["gestern Abend", "2024-03-14T16:30", "2024-03-15T02:00"],
    ["De quoi avons-nous parlé avant-hier ?", "2024-03-13", "2024-03-14"],
    ["il y a cinq jours", "2024-03-10", "2024-03-11"],
    ["lundi dernier", "2024-03-11", "2024-03-12"],
    ["le mois dernier", "2024-02-01", "2024-03-01"],
    ["hace dos días", "2024-03-13", "2024-03-14"],
    ["el martes pasado", "2024-03-12", "2024-03-13"],
    ["anoche", "2024-03-14T18:00", "2024-03-15T05:00"],
    ["我前天跟你说了什么?", "2024-03-13", "2024-03-14"],
    ["上周二", "2024-03-12", "2024-03-13"],
    ["三天前", "2024-03-12", "2024-03-13"],
    ["上个月", "2024-02-01", "2024-03-01"],
    ["一昨日何を話しましたか", "2024-03-13", "2024-03-14"],
  ])("reads %s", (text, from, to) => expect(spans(text)?.[0]).toEqual([from, to]));

  it.each([
    ["on the 5th of January 2024", "2024-01-05", "2024-01-06"],
    ["on the 5th January 2024", "2024-01-05", "2024-01-06"],
    ["What did you cook on the 8th of December, 2023?", "2023-12-08", "2023-12-09"],
    ["on February 29th 2020", "2020-02-29", "2020-03-01"],
    ["on the 31st", "2024-01-31", "2024-02-01"],
  ])("reads the day of a month in %s", (text, from, to) => expect(spans(text)?.[0]).toEqual([from, to]));

  it.each([
    "on the 31st of April",
    "on the 30th of February",
    "September 31st",
    "on 29 February 2023",
    "am 31. November",
    "el 30 de febrero",
    "on 2023-02-30",
    "on 2023-13-01",
    "on the 32nd",
  ])("takes %s, which there is not, for no other day", (text) =>
    expect(readTime(text, now, "UTC")).toBeUndefined(),
  );

  it("finds the 29th of February in the years that have it", () => {
    expect(spans("on the 29th of February")?.map(([from]) => from)).toEqual([
      "2024-02-29",
      "2020-02-29",
      "2016-02-29",
      "2012-02-29",
    ]);
  });

  it.each([
    ["2024-05-31T12:00:00Z", "three months ago", "2024-02-29"],
    ["2023-03-31T12:00:00Z", "one month ago", "2023-02-28"],
    ["2024-02-29T12:00:00Z", "two years ago", "2022-02-28"],
  ])("ends on the last day of a shorter month: on %s, %s", (at, text, day) => {
    const peak = readTime(text, new Date(at), "UTC")?.time.spans[0]?.peak;
    expect(peak === undefined ? undefined : new Date(peak).toISOString().slice(0, 10)).toBe(day);
  });

  it.each([
    "May I ask you something?",
    "a march through town",
    "in 1999",
    "on May 45",
    "Are you free on Tuesdays?",
    "Good morning!",
    "the last bus to Porto",
    "",
  ])("finds no time in %s", (text) => expect(readTime(text, now, "UTC")).toBeUndefined());

  it("takes a date without a year for one of any year", () => {
    expect(spans("on 24 February")).toContainEqual(["2024-02-24", "2024-02-25"]);
    expect(spans("in spring")).toContainEqual(["2022-03-01", "2022-06-01"]);
  });

  it("takes the weekday that was only just for the one before as well", () => {
    expect(spans("last Wednesday")).toEqual([
      ["2024-03-13", "2024-03-14"],
      ["2024-03-06", "2024-03-07"],
    ]);
  });

  it.each([
    ["when we first met", "first"],
    ["How did we meet?", "first"],
    ["als wir uns kennengelernt haben", "first"],
    ["the last time we talked", "last"],
    ["beim letzten Mal", "last"],
    ["la dernière fois", "last"],
    ["la última vez", "last"],
    ["上次", "last"],
  ])("%s is the %s talk", (text, talk) => expect(readTime(text, now, "UTC")?.time.talk).toBe(talk));

  it("begins the day where one lives", () => {
    expect(spans("yesterday", "Asia/Tokyo")?.[0]).toEqual(["2024-03-13T15:00", "2024-03-14T15:00"]);
    expect(spans("this morning", "America/New_York")?.[0]).toEqual(["2024-03-15T08:00", "2024-03-15T16:30"]);
  });

  it("gives the question without the time", () => {
    expect(readTime("Who came on May 3, 2023 to tea?", now, "UTC")?.rest).toMatch(
      /^Who came\b.*\s+to tea\?$/,
    );
  });

  it.each([
    ["What did I tell you yesterday?", true],
    ["What did we talk about last Tuesday?", true],
    ["Do you remember what I said two weeks ago?", true],
    ["Was habe ich dir gestern erzählt?", true],
    ["Qu'est-ce que je t'ai dit hier ?", true],
    ["¿Qué te dije ayer?", true],
    ["我昨天告诉你什么了?", true],
    ["What did I tell you yesterday about the ferry?", false],
    ["Was habe ich dir gestern über die Fähre erzählt?", false],
    ["我昨天去了医院", false],
  ])("%s asks for a time alone: %s", (text, alone) =>
    expect(readTime(text, now, "UTC")?.timeOnly).toBe(alone),
  );
});

describe("timeFit", () => {
  const fit = (asked: string, told: string) => {
    const time = readTime(asked, now, "UTC")?.time;
    return time && timeFit(time, new Date(`${told}T10:00:00Z`));
  };

  it("fits a month wholly or not", () => {
    expect(fit("in May", "2021-05-30")).toBe(1);
    expect(fit("in May 2023", "2021-05-30")).toBe(0);
  });

  it("fits a named day less the further from it something was told", () => {
    const days = ["2023-05-03", "2023-05-05", "2023-05-10", "2023-04-28", "2023-05-29", "2023-08-01"];
    expect(days.map((told) => fit("on 3 May 2023", told))).toEqual([1, 0.9, 0.6, 0.6, 0.2, 0]);
  });

  it("fits yesterday to no other day, and a week ago best to the very day", () => {
    expect(["2024-03-13", "2024-03-14", "2024-03-15"].map((told) => fit("yesterday", told))).toEqual([
      0, 1, 0,
    ]);
    const [exact = 0, near = 0, far = 0] = ["2024-03-01", "2024-03-03", "2024-03-07"].map((told) =>
      fit("two weeks ago", told),
    );
    expect(exact).toBeGreaterThan(near);
    expect(near).toBeGreaterThan(0.5);
    expect(far).toBe(0);
  });
});
