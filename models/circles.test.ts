import { describe, expect, it } from "vitest";
import { CircleFilter } from "./circle-filter.js";
import { beforeCircle, CircleFinder, findCircle } from "./circles.js";

const times = (count: number, text: string): string => Array.from({ length: count }, () => text).join(" ");
const numbered = (count: number, text: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => text(n + 1)).join(" ");

/** Texts that run in circles, and what is kept of them. */
const circles: readonly [text: string, kept: string][] = [
  [
    `The kiln is cold. ${times(6, "I will light it in the morning.")}`,
    "The kiln is cold. I will light it in the morning.",
  ],
  [times(8, "I will light the kiln in the morning."), ""],
  [`The kiln is cold. I said ${times(30, "so")}`, "The kiln is cold."],
  [
    `The kiln is cold. ${times(7, "We fired it. Then we slept.")}`,
    "The kiln is cold. We fired it. Then we slept.",
  ],
  [
    `The kiln is cold. ${numbered(9, (n) => `I had ${n} pots on the shelf.`)}`,
    "The kiln is cold. I had 1 pots on the shelf.",
  ],
  [`窑是冷的。${"我明天早上再去点火。".repeat(6)}`, "窑是冷的。我明天早上再去点火。"],
  [`窯は冷たい。${"明日の朝に火を入れます。".repeat(6)}`, "窯は冷たい。明日の朝に火を入れます。"],
  [
    `가마가 식었다. ${times(6, "나는 내일 아침에 다시 불을 붙일 것이다.")}`,
    "가마가 식었다. 나는 내일 아침에 다시 불을 붙일 것이다.",
  ],
  [`The kiln is cold. ${"ha".repeat(60)}`, "The kiln is cold."],
  [`The kiln is cold. ${"!".repeat(300)}`, "The kiln is cold."],
  [`The kiln is cold. ${times(20, "🔥")}`, "The kiln is cold."],
  [`The kiln is cold. ${times(8, "I know the clay and I know the fire and I know")}`, "The kiln is cold."],
];

/** Texts in which things are said more than once, as people do. */
const ordinary: readonly string[] = [
  "Row, row, row your boat, gently down the stream. Merrily, merrily, merrily, merrily, life is but a dream.",
  "No, no, no, no! Ha ha ha ha ha. Very, very, very good.",
  "Lord have mercy. Lord have mercy. Lord have mercy. Then we all went in.",
  "Happy birthday to you, happy birthday to you, happy birthday dear Ida, happy birthday to you!",
  "We sang it twice: Green grow the rushes down by the shore. Green grow the rushes down by the shore. That was all.",
  numbered(20, (n) => `${n},`),
  "First flour. Second eggs. Third milk. Fourth a pinch of salt. Fifth butter, and sixth a hot pan, and seventh patience.",
  "Room 1: two beds. Room 2: two beds. Room 3: two beds. Room 4: one bed.",
  "I like the sea. I like the wind. I like the rain. I like the snow. I like the dark. I like most of it.",
  "好的好的好的，我知道了。哈哈哈哈哈。",
  "Dial 0 0 44 20 7946 0000 and ask for Ida.",
  "Well… I don't know. I don't know, I don't know. Perhaps!!!",
  "----------------------------------",
  `${times(16, "Hee")} You should see your hat.`,
  `${"hee".repeat(20)}! You should see your hat.`,
  `${times(13, "Never,")} not in my barn.`,
  `Oh${"!".repeat(60)} Look at the sky.`,
  `Sign here: ${"_".repeat(70)}\nOn the day of: ${"_".repeat(50)}`,
  `The rules of the house\n${"=".repeat(90)}\nNo boots.`,
  `| stall | goods | price |\n|---|---|---|\n${"| north row | dried cod by the crate | 4 |\n".repeat(12)}`,
  "open\tclosed\n".repeat(12),
  `This clears it:\n\`\`\`\n${"sheet.row.clear(all);\n".repeat(14)}\`\`\``,
  `let depths = [${times(70, "0,")} 0]`,
  `${times(3, "Who will carry the lantern up the hill,")} late in the evening? I have forgotten the rest.`,
  `Ten: ${[10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map((n) => `${n} grey geese sitting on the weir, ${n} grey geese sitting on the weir, and if 1 grey goose should up and leave us here, there will be ${n - 1} grey geese sitting on the weir.`).join(" ")}`,
  ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    .map(
      (day) => `On ${day} I walked down to the lock before light and opened the gates for the first barge.`,
    )
    .join(" "),
  `He made me write it 12 times: ${times(12, "I shall not ring the bell.")}`,
  `I woke. ${times(4, "The bell rang in the fog again.")} Then it stopped, and I slept.`,
  "Verse one is about the sea and the men on it. Heave away, my bonny boys, heave away home. Verse two is about the women who wait on the shore all night. Heave away, my bonny boys, heave away home. Verse three is about the boat. Heave away, my bonny boys, heave away home.",
];

describe("a text that runs in circles", () => {
  it.each(circles)("is seen in %j", (text, kept) => {
    expect(findCircle(text)).toBeDefined();
    expect(beforeCircle(text)).toBe(kept);
  });

  it.each(ordinary)("is not seen in %j", (text) => {
    expect(findCircle(text)).toBeUndefined();
    expect(beforeCircle(text)).toBe(text);
  });

  it("is seen though its last word is cut, and its numbers count up", () => {
    expect(findCircle(`${times(5, "The barge is late this morning.")} The barge is la`)).toBeDefined();
    expect(findCircle(numbered(40, (n) => `On barge ${n} there is a dog and a boy.`))).toBeDefined();
  });

  it("is none where the same was asked for so often", () => {
    const lines = times(10, "I shall not ring the bell.");
    expect(findCircle(lines)).toBeDefined();
    expect(findCircle(lines, "Write ten times that you will not ring the bell.")).toBeUndefined();
    expect(findCircle(times(24, "I shall not ring the bell."), "Write it twenty times.")).toBeDefined();
  });

  it("is seen where nothing new is said, though in another order", () => {
    const lines = [
      "I keep the shop on the corner.",
      "My brother keeps the books for me.",
      "We open at eight in the morning.",
    ];
    const order = [0, 1, 2, 0, 2, 1, 1, 0, 2, 2, 0, 1, 0, 2, 1, 1, 2, 0, 0, 1, 2];
    expect(findCircle(order.map((at) => lines[at]).join(" "))).toBeDefined();
  });

  it("is the same however the text is cut", () => {
    for (const text of [...circles.map(([circle]) => circle), ...ordinary])
      for (const size of [1, 2, 3, 7, 40]) {
        const finder = new CircleFinder();
        for (const piece of text.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? []) finder.push(piece);
        finder.end();
        expect(finder.circle, `${text} by ${size}`).toEqual(findCircle(text));
      }
  });

  it("is looked for in linear time", () => {
    const words = Array.from({ length: 60_000 }, (_, n) => `w${(n * 7919) % 5000}x`).join(" ");
    for (const text of [words, "x".repeat(100_000), ". ".repeat(50_000), "窑冷".repeat(3) + words]) {
      const start = performance.now();
      findCircle(text);
      expect(performance.now() - start).toBeLessThan(4000);
    }
  });

  it("ends a stream soon after it has begun", () => {
    const filter = new CircleFilter();
    let shown = "";
    for (let n = 0; n < 200; n++) shown += filter.push("I will light the kiln in the morning. ");
    expect(filter.ended).toBe("circle");
    expect(shown.length).toBeLessThan(400);
  });
});
