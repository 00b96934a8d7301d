// `npm start`: builds when needed, then opens `simulacra chat` with the arguments after `--`.
import { ensureBuild, program } from "./ensure-build.mjs";

ensureBuild();
process.argv.splice(2, 0, "chat");
await import(program);
