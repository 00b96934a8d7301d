// Second half of `npm run build`: copies the data that are no code beside the compiled files, makes the command
// executable, and stamps the build (start.mjs compares the stamp with the sources).
import { chmodSync, cpSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
rmSync(`${root}dist/data/characters`, { recursive: true, force: true });
cpSync(`${root}data`, `${root}dist/data`, {
  recursive: true,
  filter: (path) => !path.endsWith(".ts"),
});
chmodSync(`${root}dist/apps/cli/main.js`, 0o755);
writeFileSync(`${root}dist/.built`, "");
