import { plainText } from "../prose/prose.js";
import { foldSpelling } from "../spelling/fold-spelling.js";

const endings = /\.(?:md|markdown|txt|text|docx?|odt|rtf|pdf|html?|pages|gdoc)$/i;
/** What file managers and authors add to a name. */
const additions =
  /\s*(?:\(\d+\)|[-–_ ]+(?:copy|kopie|copie|copia)(?: \d+)?|[-–_ ]+(?:final|draft|v\d+(?:\.\d+)?|draft \d+))$/i;
/** Names that say what a file is, not whose life it tells. */
const nobody =
  /^(?:(?:my|the|a|life|story|stories|biography|bio|autobiography|memoirs?|text|document|untitled|notes?|draft|new|character|person|chapter|\d+)[\s_-]*)+$/i;

/** One to four words with a capital each; particles between them, hyphens and apostrophes inside. */
const word = "\\p{Lu}[\\p{L}\\p{M}'’.-]*";
const fullName = `${word}(?:\\s+(?:(?:de|da|di|du|del|della|van|von|der|den|la|le|bin|ibn|al|el|y|e)\\s+){0,2}${word}){1,3}`;
const introductions = new RegExp(
  `(?:\\b(?:[Mm]y (?:full )?name (?:is|was)|I am called|I was (?:born|christened|named)|[Ii]ch hei(?:ß|ss)e|[Mm]ein Name ist|[Jj]e m['’]appelle|[Mm]e llamo|[Mm]i nombre es|[Mm]i chiamo|[Cc]hamo-me|[Ii]k heet|[Nn]azywam się)|^[Nn]ame:)\\s+(${fullName})`,
  "mu",
);
const titles = new RegExp(
  `^\\s*(?:#{1,6}\\s*|\\*\\*|title:\\s*["']?|name:\\s*["']?)?(?:(?:[Tt]he )?(?:[Ll]ife|[Ss]tory|[Ll]ife [Ss]tory|[Bb]iography|[Mm]emoirs?)(?: and times)? of )?(${fullName})(?:['’]s (?:life|story|memoir).*)?(?:[,:–—-].*)?(?:\\*\\*|["'])?\\s*$`,
  "mu",
);

/** A file's name as a person's: endings and additions gone, `_` as a space, `-` only where nothing else divides words. */
export function nameOfFile(file: string): string {
  let name = plainText(file.normalize("NFC")).trim();
  while (endings.test(name)) name = name.replace(endings, "").trim();
  while (additions.test(name)) name = name.replace(additions, "");
  const spaced = name.replace(/_+/g, " ");
  const hyphensDivide = !/\s/.test(spaced) && !/[\p{Lu}\p{Lo}]/u.test(spaced);
  return (hyphensDivide ? spaced.replace(/-+/g, " ") : spaced).replace(/\s+/g, " ").trim();
}

/**
 * Whose life a text tells: the name of its file, unless that says less than the text, which then has the word (`mira.txt`
 * that tells of Mira Solano), or nothing at all (`my story.txt`).
 */
export function nameOfStory(file: string, text: string): string {
  const name = nameOfFile(file);
  const head = text.slice(0, 20_000);
  const introduced = introductions.exec(head)?.[1];
  const titled = titles.exec(head.slice(0, 500))?.[1];
  if (name === "" || nobody.test(name)) return tidy(introduced ?? titled ?? name);
  const wanted = wordsOf(name);
  const told = [introduced, titled, ...(head.match(new RegExp(fullName, "gu")) ?? [])].filter(
    (one) => one !== undefined,
  );
  const fuller = told.map(tidy).filter((one) => startsWith(wordsOf(one), wanted));
  const [first] = fuller;
  if (first === undefined) return name;
  const counted = (one: string) => fuller.filter((other) => other === one).length;
  const best =
    introduced !== undefined && tidy(introduced) === first
      ? first
      : fuller.reduce((a, b) => (counted(b) > counted(a) ? b : a));
  // Written like this in the file's name as well, apart from case: the file says it as its author wants it.
  return wordsOf(best).length === wanted.length && /\p{Lu}/u.test(name) ? name : best;
}

const tidy = (name: string): string =>
  name
    .replace(/\s+/g, " ")
    .replace(/(?:['’]s|[.'’-]+)$/u, "")
    .trim();
const wordsOf = (name: string): string[] =>
  foldSpelling(name)
    .split(/[\s_-]+/)
    .filter(Boolean);
const startsWith = (words: readonly string[], wanted: readonly string[]): boolean =>
  words.length >= wanted.length && wanted.every((one, at) => words[at] === one);
