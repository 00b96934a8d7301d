import { expect, it } from "vitest";
import { factsAdded, factsLeftOut, namesIn, numbersIn } from "./source-facts.js";

it.each<[string, string[]]>([
  ["Yesterday my cousin Petra Lind came from Oulu with Mr Aho.", ["Petra Lind", "Oulu", "Aho"]],
  ["Ana: I met Rui. He knows “The Lighthouse”.", ["Rui", "Lighthouse"]],
  ["The boat was late. Maria Costa waited, as I did.", ["Maria Costa"]],
  ["We moved in March, on a Tuesday.", ["March", "Tuesday"]],
  ["Nothing here.", []],
])("finds the names in %s", (text, names) =>
  expect(namesIn(text).map((name) => name.join(" "))).toEqual(names),
);

it.each<[string, string[]]>([
  ["at forty-one, in 1979, for 12,500 crowns", ["41", "1979", "12500"]],
  ["three hundred and five sheep and two dogs", ["305", "2"]],
  ["twenty of us, four thousand of them", ["20", "4000"]],
  ["one day at 9.30", ["9.3"]],
  ["the 21st of June, the 1980s", ["21", "1980"]],
  ["no number at all", []],
])("finds the numbers in %s", (text, numbers) => expect([...numbersIn(text)]).toEqual(numbers));

it("says what was left out and what was added", () => {
  const source = "Ben: My daughter Wren is seven, and we live at 14 Mill Lane.\nIda: I see.";
  expect(factsLeftOut(source, "Ben told me of Wren, who is 7, in Mill Lane 14.", "Ida Holm")).toEqual([]);
  expect(factsLeftOut(source, "Ben told me of his daughter.", "Ida Holm")).toEqual([
    "Wren",
    "Mill Lane",
    "7",
    "14",
  ]);
  expect(factsAdded(source, "Ben has a daughter, Wren, who is nine and goes to school in Leeds.")).toEqual([
    "Leeds",
    "9",
  ]);
});
