import { characterIdSchema } from "./character.js";
import { SimulacraError } from "./errors.js";

const longestId = 80;
/** File systems allow 255 bytes a name; this leaves room for endings. */
const longestIdBytes = 200;

/** Text for a message: quoted, with control characters escaped, and cut. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

/** Latin letters without their accents, as a keyboard without them types a name; other scripts stay as they are. */
export const withoutAccents = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/(\p{Script=Latin})\p{M}+/gu, "$1")
    .normalize("NFC");

/**
 * The id of a character with this name: lower-case words joined by hyphens, letters of every script kept, Latin ones
 * without accents, safe as a folder name. `Teodor Vâlcan` gives `teodor-valcan`.
 * @throws SimulacraError invalid_input for a name that is empty, is not a name, or could leave its folder
 */
export function characterId(name: string): string {
  const plain = name.normalize("NFKC").trim();
  const refuse = (why: string): never => {
    throw new SimulacraError(
      "invalid_input",
      `${quoted(name)} cannot be the name of a character: ${why}.`,
      "user",
      {
        name: name.slice(0, 80),
      },
    );
  };
  if (plain === "") refuse("it is empty");
  if (plain.length > 120) refuse(`it has ${plain.length} characters, and 120 are allowed`);
  if (/\p{Cc}|\p{Cs}/u.test(plain)) refuse("it holds control characters");
  if (/[/\\]/.test(plain)) refuse("it holds a path separator (/ or \\); give a name, not a path");
  if (plain.includes("..")) refuse('it holds ".."; give a name, not a path');
  const words = withoutAccents(plain)
    .toLowerCase()
    .replace(/['’]/g, "")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "");
  let id = "";
  for (const character of words.join("-")) {
    const longer = id + character;
    if (longer.length > longestId || Buffer.byteLength(longer) > longestIdBytes) break;
    id = longer;
  }
  id = id.replace(/-+$/, "");
  if (!characterIdSchema.safeParse(id).success)
    refuse("it holds no letter or digit to make a folder name of");
  return id;
}
