import { monthNames } from "../../data/month-names.js";

/** Words that say the same as a key of the published questionnaires; each is accepted for the others of its group. */
const synonyms: readonly (readonly string[])[] = [
  ["female", "woman", "girl", "lady"],
  ["male", "man", "boy", "guy", "bloke"],
];

const ones =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

/**
 * Whether a reply gives the answer: one of the keys as whole words ("male" is not in "female"), letter case, accents and
 * punctuation aside; in scripts without spaces, as part of the reply; a date in words or figures; a number up to 99 in
 * words. A key right after "not", "never in" and the like does not count.
 */
export function matchesKey(reply: string, keys: readonly string[]): boolean {
  const said = ` ${plain(reply)} `;
  return keys.flatMap(formsOf).some((form) => {
    const sought = withoutSpaces.test(form) ? form : ` ${form} `;
    for (let at = said.indexOf(sought); at >= 0; at = said.indexOf(sought, at + 1))
      if (!denied.test(said.slice(0, at)) && !(form === "one" && isPronoun(said, at))) return true;
    return false;
  });
}

const withoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const denied =
  /(?: (?:not|isn t|wasn t|never)(?: (?:an?|the|in|at|to|from|my|call|called|it)){0,2}|[不没非]是?在?)$/u;
/** "No one", "one of my friends": no number. */
const isPronoun = (said: string, at: number): boolean =>
  / (?:no|some|any|every)$/u.test(said.slice(0, at)) || said.startsWith(" one of ", at);

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
  const name = monthNames[m - 1] ?? "";
  const days = [String(d), String(day), ordinal(d)];
  const short = name === "september" ? ["sep", "sept"] : [name.slice(0, 3)];
  const named = [name, ...short].flatMap((word) =>
    days.flatMap((each) => [
      `${word} ${each} ${year}`,
      `${each} ${word} ${year}`,
      `${each} of ${word} ${year}`,
      `the ${each} of ${word} ${year}`,
    ]),
  );
  return [
    ...named,
    `${year}年${m}月${d}日`,
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

/** Lower-case words with single spaces, without the accents of European letters. */
const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/(?<=[a-z][\u0300-\u036f]*)[\u0300-\u036f]/gu, "")
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
