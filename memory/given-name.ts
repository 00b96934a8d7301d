import { LOOKED_AT } from "./looked-at.js";
import {
  afterName,
  beingPhrases,
  clauseOpeners,
  englishEndings,
  englishStates,
  familyNames,
  germanNamesAmongNouns,
  germanNounEndings,
  givenAmongWords,
  namePhrases,
  noNames,
  otherScripts,
  particles,
  titles,
} from "./name-phrases.js";
import { isCommonWord } from "./ranking/common-words.js";

/** A name longer than this is none, or a joke. */
const LONGEST = 60;

const word = String.raw`\p{Lu}[\p{L}\p{M}'-]*[\p{L}\p{M}]`;
const part = String.raw`(?:${word}|\p{Lu}\.?(?![\p{L}'-]))`;
const properName = String.raw`(?:(?:${titles})\.? )?${part}(?: (?:(?:${particles}) ){0,2}${part}){0,3}`;
/** As people type who write no capital letters: one word, and then an end. */
const smallName = String.raw`\p{Ll}[\p{L}\p{M}'-]+(?=\s*(?:$|[.,;!)\n]| and\b))`;

const clause = String.raw`(?<=^["“]?|[.!?…,;:—–()\n]\s*|- |(?<!\p{L})(?:${clauseOpeners})\s+)`;
// Phrases are read without regard to case; a name is told by its capital letters.
const after = (phrases: readonly string[]) => new RegExp(`${clause}(?:${phrases.join("|")})\\s+`, "giu");
const calling = after(namePhrases);
const being = after(beingPhrases);
const nameHere = new RegExp(properName, "uy");
const calledHere = new RegExp(`${properName}|${smallName}`, "uy");
const openers = new RegExp(`^(?:(?:${clauseOpeners})[,!]? )?`, "iu");
const atHand = /^ here(?: again)?(?=\s*(?:$|[.,;:!—–-]))/u;
/** Hungarian puts the verb last. */
const vagyok = new RegExp(
  String.raw`(?:^|[.!?,;]\s*|[Ss]zia |[Hh]elló )(${properName}) vagyok(?=\s*(?:$|[.,;!]))`,
  "u",
);
const familyNamed = [
  new RegExp(
    `(?:私|わたし|僕|俺)は((?:${familyNames.ja})[\\p{Script=Han}\\p{Script=Hiragana}]{0,3}?)(?:です|だ)`,
    "u",
  ),
  new RegExp(
    `我是((?:${familyNames.zh})[\\p{Script=Han}]{2}|小(?:${familyNames.zh}))(?=[，,。.！!\\s]|$)`,
    "u",
  ),
];
const nameAndEnd = new RegExp(String.raw`^\s*(?:$|[.,;:!…)\n—–"”-]|(?:${afterName})(?!\p{L}))`, "u");

/** What somebody is told to take for granted, or plays, is not said in earnest. */
const notInEarnest =
  /(?<!\p{L})(?:if|unless|pretend|imagine|suppose|say|says|said|play|role|thinks?|you are|you're|called|wenn|falls|stell dir|angenommen|imaginons|disons|imagina|immagina|als|jos)(?!\p{L})/iu;

/**
 * The name that somebody gives themself in what they say: "I'm Ben", "my name is Ben Carver", "Ben here", "Ich heiße
 * Ben", "我叫李明". Told by patterns, and rather not than wrongly: what somebody is ("I'm tired", "I'm Danish", "I'm Ben's
 * sister") is no name. Where a name is `known` already, another takes its place only where it is called a name, makes
 * the known one fuller, or corrects it ("it's Benedikt, not Ben").
 * @param others names that cannot be meant, those of the listener
 */
export function givenName(
  text: string,
  { known, others = [] }: { known?: string | undefined; others?: readonly string[] } = {},
): string | undefined {
  const said = text
    .slice(0, LOOKED_AT)
    .normalize("NFC")
    .replaceAll(/[’‘ʼ`]/gu, "'")
    .replaceAll(/[^\S\n]+/gu, " ")
    .trim();
  let name: string | undefined;
  const take = (found: string | undefined) => {
    const own = found?.replace(/[\s.]+$/u, "").trim();
    if (own && own.length <= LONGEST && !others.some((other) => isSame(other, own))) name = own;
  };
  for (const found of introductions(said))
    if (found.isCalled || isFuller(found.name, name ?? known)) take(found.name);
  take(corrected(said, name ?? known));
  return name === known ? undefined : name;
}

interface Introduction {
  name: string;
  /** It was called a name, which what somebody is may be or not. */
  isCalled: boolean;
}

function* introductions(said: string): Generator<Introduction> {
  for (const match of said.matchAll(being)) {
    const name = nameAt(said, end(match), nameHere);
    const rest = said.slice(end(match) + name.length);
    if (isSaidOfOneself(said, match.index) && isNameAfterBeing(name, rest, match[0]))
      yield { name, isCalled: false };
  }
  const [opener = ""] = openers.exec(said) ?? [];
  const here = nameAt(said, opener.length, nameHere);
  if (atHand.test(said.slice(opener.length + here.length)) && isName(here) && !isEnglishWord(here))
    yield { name: here, isCalled: false };
  for (const match of said.matchAll(calling)) {
    const name = nameAt(said, end(match), calledHere);
    const isAsked = /^\s*\?/u.test(said.slice(end(match) + name.length));
    if (
      isSaidOfOneself(said, match.index) &&
      isName(name) &&
      !isAsked &&
      (startsWithCapital(name) || !isEnglishWord(name))
    )
      yield { name: capitalised(name), isCalled: true };
  }
  for (const pattern of otherScripts) {
    const name = pattern.exec(said)?.[1];
    if (name !== undefined) yield { name, isCalled: true };
  }
  for (const pattern of [...familyNamed, vagyok]) {
    const name = pattern.exec(said)?.[1];
    if (name !== undefined && isName(name)) yield { name, isCalled: false };
  }
}

function nameAt(said: string, at: number, pattern: RegExp): string {
  pattern.lastIndex = at;
  return pattern.exec(said)?.[0] ?? "";
}

const end = (match: RegExpExecArray): number => match.index + match[0].length;

/** Neither a quotation nor something that is only supposed. */
function isSaidOfOneself(said: string, at: number): boolean {
  const before = said.slice(0, at);
  const quotes = [...before.matchAll(/["“”„«»]/gu)].length;
  const sentence = before.slice(
    Math.max(...[".", "!", "?", "…", "\n"].map((mark) => before.lastIndexOf(mark))) + 1,
  );
  return (quotes % 2 === 0 || /^["“]$/u.test(before)) && !notInEarnest.test(sentence);
}

function isNameAfterBeing(name: string, after: string, phrase: string): boolean {
  if (!nameAndEnd.test(after) || !isName(name)) return false;
  const first = name.split(" ")[0] ?? "";
  if (/^(?:this is|i'm|i am)/iu.test(phrase)) return !isEnglishWord(name);
  if (!/^(?:ich bin|ik ben)/iu.test(phrase) || / (?:der|die|de) \S/iu.test(phrase) || name.includes(" "))
    return true;
  const bare = first.toLowerCase();
  return germanNamesAmongNouns.has(bare) || !germanNounEndings.test(bare);
}

const startsWithCapital = (name: string): boolean => /^\p{Lu}/u.test(name);

function isName(name: string): boolean {
  const parts = name.split(" ");
  return (
    name !== "" &&
    !/'s$/iu.test(name) &&
    !parts.some((one) => one.length > 3 && one === one.toUpperCase() && one !== one.toLowerCase()) &&
    !parts.slice(0, 1).some((one) => noNames.has(one.toLowerCase().replace(/\.$/u, ""))) &&
    (givenAmongWords.has(plain(parts[0] ?? "")) || !isPeople(parts[0] ?? ""))
  );
}

const capitalised = (name: string): string =>
  startsWithCapital(name) ? name : `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Whether a name is the first one known, or the known one with more to it. */
const isFuller = (name: string, known: string | undefined): boolean =>
  known === undefined || name.toLowerCase().startsWith(`${known.toLowerCase()} `);

/** "It's Benedikt, not Ben", "not Ben, Benedikt", "不是小明，是小红": what stands against the known name. */
function corrected(said: string, known: string | undefined): string | undefined {
  if (known === undefined) return undefined;
  const olds = [known, known.split(" ")[0] ?? known].map((old) =>
    old.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&"),
  );
  const old = `(?:${olds.join("|")})`;
  const itIs = "(?:[Ii]t's|[Ii]t is|I'm|I am|[Cc]'est|[Ee]s|[Èè]|[Hh]et is|[Dd]as ist|[Dd]et är|[Dd]et er) ";
  const no = "(?:[Nn]ot|[Nn]icht|pas|[Nn]o|[Nn]on|[Nn]iet|inte|ikke|nie|ne|não|nu|не|όχι)";
  const first = new RegExp(
    String.raw`(?<![\p{L}'])(?:${itIs})?(${properName}),? ${no} ${old}(?!\p{L})`,
    "u",
  ).exec(said)?.[1];
  const last = new RegExp(
    String.raw`(?<!\p{L})${no} ${old}[,;:.]? (?:(?:but|sondern|mais|sino|ma|maar|utan|men) )?(?:${itIs})?(${properName})`,
    "u",
  ).exec(said)?.[1];
  const unspaced = new RegExp(`不是${old}[，,]?(?:而?是|叫)([\\p{Script=Han}]{2,4})`, "u").exec(said)?.[1];
  const found = first ?? last ?? unspaced;
  return found !== undefined && isName(found) ? found : undefined;
}

const titled = new RegExp(`^(?:${titles})\\.? `, "u");

/**
 * Whether what looks like a name begins with an English word, or is a place: people write what they are with a capital
 * letter ("I'm Furious"), and so titles are written. A word that is a given name as well is one.
 */
function isEnglishWord(name: string): boolean {
  const bare = plain(name.split(/[ -]/u)[0] ?? "");
  if (titled.test(name) || givenAmongWords.has(bare)) return false;
  return englishEndings.test(bare) || englishStates.has(bare) || isCommonWord(bare) || isPlace(name);
}

let places: ReadonlySet<string> | undefined;

/** Lands, and the cities after which time zones are called. */
function isPlace(name: string): boolean {
  places ??= new Set([
    ...landCodes.map((code) => plain(new Intl.DisplayNames("en", { type: "region" }).of(code) ?? "")),
    ...Intl.supportedValuesOf("timeZone").map((zone) =>
      plain(zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ")),
    ),
    ..."england scotland wales britain birmingham manchester liverpool glasgow edinburgh munich hamburg cologne milan florida california texas".split(
      " ",
    ),
  ]);
  return places.has(plain(name));
}

let peoples: ReadonlySet<string> | undefined;

/** Whether a word says of which country, people or language somebody is: "Danish", "Italienerin", "Française". */
function isPeople(name: string): boolean {
  peoples ??= new Set(
    ["en", "de", "fr", "es", "it", "nl", "pt", "sv", "pl", "ru"].flatMap(languagesAndLands),
  );
  const bare = plain(name);
  for (const ending of ["", ...endings]) {
    if (!bare.endsWith(ending)) continue;
    const stem = bare.slice(0, bare.length - ending.length);
    if (stem.length >= 5 - (ending === "" ? 1 : 0) && peoples.has(ending === "" ? `=${stem}` : stem))
      return true;
  }
  return false;
}

/** By which a people is made of the name of its land or language. */
const endings = "n an ian ean ish ese er erin in e en es isch ische ais aise aine ien ienne i".split(" ");

const plain = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** Languages as such ("=danish"), and lands and languages as what a people's name begins with ("brazil", "austr"). */
function languagesAndLands(locale: string): string[] {
  const language = new Intl.DisplayNames(locale, { type: "language" });
  const region = new Intl.DisplayNames(locale, { type: "region" });
  const tongues = languageCodes.flatMap((code) => plain(language.of(code) ?? ""));
  const lands = landCodes.map((code) => plain(region.of(code) ?? ""));
  const all = [...tongues, ...lands].filter((name) => /^[\p{L}]+$/u.test(name));
  return [
    ...tongues.map((name) => `=${name}`),
    ...all.flatMap((name) => [name, name.replace(/(?:ium|ia|ien|ie|[aeoy])$/u, "")]),
  ];
}

const languageCodes =
  "ar bg bn ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka ko lt lv mk mn ms nb nl no pl pt ro ru sk sl sq sr sv sw ta th tr uk ur vi zh".split(
    " ",
  );
const landCodes =
  "AR AT AU BA BD BE BG BO BR BY CA CL CN CO CU CZ DE DK DZ EC EE EG ES ET FI FR GB GE GH GR HR HU ID IE IN IQ IR IS IT JP KE KR LB LT LV LY MA MX MY NG NL NO NP NZ PE PH PK PL PT RO RS RU SE SI SK SN SO SY TN TR TW TZ UA UG US UY VE VN ZA".split(
    " ",
  );
