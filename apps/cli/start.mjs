// `npm start`: builds when the build is missing or older than a source, then opens `simulacra chat`.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = `${root}dist/apps/cli/main.js`;
const stamp = `${root}dist/.built`;
const sources = ["data", "models", "memory", "agents", "tools", "graphs", "evals", "apps"];

/** The latest change of a file that goes into the build, in milliseconds. */
function latestChange() {
  const files = sources
    .filter((room) => existsSync(root + room))
    .flatMap((room) => readdirSync(root + room, { recursive: true }).map((file) => `${root}${room}/${file}`))
    .filter((file) => /\.(ts|json|md|txt)$/.test(file) && !file.endsWith(".test.ts"));
  const settings = ["index.ts", "package.json", "tsconfig.json", "tsconfig.build.json"].map((file) => root + file);
  return Math.max(...[...files, ...settings].filter((file) => existsSync(file)).map((file) => statSync(file).mtimeMs));
}

if (!existsSync(program) || !existsSync(stamp) || statSync(stamp).mtimeMs < latestChange()) {
  process.stderr.write("Building …\n");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const build = spawnSync(npm, ["run", "--silent", "build"], { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (build.status !== 0) process.exit(1);
}
process.argv.splice(2, 0, "chat");
await import(program);
