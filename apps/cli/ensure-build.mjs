// Builds when the build is missing or older than a source.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
export const program = `${root}dist/apps/cli/main.js`;
const stamp = `${root}dist/.built`;
const rooms = ["data", "models", "memory", "agents", "tools", "graphs", "evals", "apps"];
const settings = ["index.ts", "package.json", "tsconfig.json", "tsconfig.build.json"];

/** The latest change of a file or folder that goes into the build, in milliseconds. A folder changes when a file goes. */
function latestChange() {
  const inRooms = rooms
    .filter((room) => existsSync(root + room))
    .flatMap((room) => [room, ...readdirSync(root + room, { recursive: true }).map((file) => `${room}/${file}`)])
    .filter((file) => !file.endsWith(".test.ts"));
  const files = [...inRooms, ...settings].map((file) => root + file).filter((file) => existsSync(file));
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}

/** Builds if needed; ends the process where the build fails. */
export function ensureBuild() {
  if (existsSync(program) && existsSync(stamp) && statSync(stamp).mtimeMs >= latestChange()) return;
  const say = (text) => process.stderr.write(`${text}\n`);
  if (!existsSync(`${root}node_modules/typescript`)) {
    say("Installing packages (once; a few minutes, most of them for native modules) …");
    const install = spawnSync("npm install --no-audit --no-fund", { cwd: root, stdio: ["ignore", 2, 2], shell: true });
    if (install.status !== 0) process.exit(1);
  }
  say("Building: compiling the sources. Once, and after a change; it takes a minute or so and shows nothing meanwhile …");
  const started = Date.now();
  // The output of the build is no result of the command: it goes to stderr.
  const build = spawnSync("npm run --silent build", { cwd: root, stdio: ["ignore", 2, 2], shell: true });
  if (build.status !== 0) process.exit(1);
  say(`Built in ${Math.round((Date.now() - started) / 1000)} s.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureBuild();
