// npm run eval:demo [-- --out FOLDER]: measures the package's own two characters in all four methods with the built
// command, the offline model and no key, and says where the report lies.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ensureBuild, program } from "./ensure-build.mjs";

ensureBuild();
const at = process.argv.indexOf("--out");
const folder = (at > 0 && process.argv[at + 1]) || fileURLToPath(new URL("../../eval-demo", import.meta.url));
const run = spawnSync(
  process.execPath,
  [
    program,
    ...["eval", "run", "self-report", "conformity", "--out", folder, "--home", `${folder}/home`],
    ...["--characters", "hester-tranter,kuo-yu-hsiang", "--methods", "blank,prompt,rag,macm"],
    ...["--models", "offline", "--agent-model", "offline", "--repeats", "1", "--concurrency", "4"],
  ],
  { stdio: "inherit" },
);
process.exit(run.status ?? 1);
