// Second half of `npm run build`: copies the data that are no code beside the compiled files, makes the command
// executable, clears what was compiled of sources that are gone, and stamps the build (start.mjs compares the stamp
// with the sources).
import { chmodSync, cpSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
for (const file of readdirSync(`${root}dist`, { recursive: true })) {
  const source = file.replace(/\.(?:js|js\.map|d\.ts)$/u, ".ts");
  if (source !== file && !existsSync(root + source)) rmSync(`${root}dist/${file}`);
}
rmSync(`${root}dist/data/characters`, { recursive: true, force: true });
cpSync(`${root}data`, `${root}dist/data`, {
  recursive: true,
  filter: (path) => !path.endsWith(".ts"),
});
chmodSync(`${root}dist/apps/cli/main.js`, 0o755);
writeFileSync(`${root}dist/.built`, "");
