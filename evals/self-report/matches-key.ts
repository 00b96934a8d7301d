/** Words that say the same as a key of the published questionnaires; each is accepted for the others of its group. */
const synonyms: readonly (readonly string[])[] = [
  ["female", "woman", "girl", "lady"],
  ["male", "man", "boy", "guy", "bloke"],
];

const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

const ones =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

/**
 * Whether a reply gives the answer: one of the keys as whole words ("male" is not in "female"), letter case, accents'
 * form and punctuation aside; a date in words or figures; a number up to 99 in words. A key right after "not" does not count.
 */
export function matchesKey(reply: string, keys: readonly string[]): boolean {
  const said = ` ${plain(reply)} `;
  return keys.flatMap(formsOf).some((form) => {
    for (let at = said.indexOf(` ${form} `); at >= 0; at = said.indexOf(` ${form} `, at + 1))
      if (!/ (?:not|isn t|never)(?: an?)?$/u.test(said.slice(0, at))) return true;
    return false;
  });
}

/** Every way of writing a key that is accepted. */
function formsOf(key: string): string[] {
  const simple = plain(key);
  const group = synonyms.find((words) => words.includes(simple)) ?? [];
  return [simple, ...group, ...dateForms(key), ...numberForms(simple)].filter((form) => form !== "");
}

function dateForms(key: string): string[] {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(key.trim()) ?? [];
  if (year === undefined) return [];
  const [m, d] = [Number(month), Number(day)];
  const name = months[m - 1] ?? "";
  const days = [String(d), String(day), ordinal(d)];
  const named = [name, name.slice(0, 3)].flatMap((word) =>
    days.flatMap((each) => [
      `${word} ${each} ${year}`,
      `${each} ${word} ${year}`,
      `${each} of ${word} ${year}`,
      `the ${each} of ${word} ${year}`,
    ]),
  );
  return [
    ...named,
    `${year} ${m} ${d}`,
    `${month} ${day} ${year}`,
    `${m} ${d} ${year}`,
    `${day} ${month} ${year}`,
    `${d} ${m} ${year}`,
  ];
}

const ordinal = (day: number): string =>
  `${day}${day > 3 && day < 21 ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th")}`;

function numberForms(key: string): string[] {
  if (!/^\d{1,2}$/u.test(key)) return [];
  const number = Number(key);
  if (number < 20) return [ones[number] ?? ""];
  const ten = tens[Math.floor(number / 10) - 2] ?? "";
  return [number % 10 === 0 ? ten : `${ten} ${ones[number % 10]}`];
}

/** Lower-case words with single spaces. */
const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
