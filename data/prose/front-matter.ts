const yaml = /^(?:---|```ya?ml)[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.|```)[ \t]*(?:\n|$)/;
const others = [/^\+\+\+[ \t]*\n[\s\S]*?\n\+\+\+[ \t]*(?:\n|$)/, /^;;;[ \t]*\n[\s\S]*?\n;;;[ \t]*(?:\n|$)/];
/** Lines that only data has: a key, an entry of a list, a comment, the continuation of one. */
const dataLine = /^(?:["']?[\w .-]{1,40}["']?[ \t]*:(?:[ \t]|$)|\s*-[ \t]|\s+\S|#|\s*[[\]{}]|$)/u;
/** Facts about a document that stand above it without marks. */
const metadata =
  /^(?:title|subtitle|author|date|tags|keywords|categories|category|copyright|language|lang|created|modified|updated|aliases|draft|layout|permalink|slug|version|status|word count|source|publish(?:ed)?)[ \t]*:[ \t]*\S/i;

/** The facts at the top of a file (YAML, TOML, JSON between `;;;`, bare lines such as `Author: …`), and what is below them. */
export function frontMatter(text: string): { data: string; body: string } {
  const start = text.replace(/^\s*\n/, "");
  const found = yaml.exec(start);
  // Between two separator lines of a story stands no data.
  const isData =
    found?.[1]?.split("\n").every((line) => dataLine.test(line)) &&
    /^["']?[\w .-]{1,40}["']?[ \t]*:/mu.test(found[1]);
  const block = isData
    ? found?.[0]
    : others.map((pattern) => pattern.exec(start)?.[0]).find((one) => one !== undefined);
  if (block !== undefined) return { data: block, body: start.slice(block.length) };
  const lines = start.split("\n");
  const end = lines.findIndex((line) => !metadata.test(line));
  const count = end < 0 ? lines.length : end;
  if (count === 0 || (lines[count] ?? "").trim() !== "") return { data: "", body: text };
  return { data: lines.slice(0, count).join("\n"), body: lines.slice(count).join("\n") };
}
