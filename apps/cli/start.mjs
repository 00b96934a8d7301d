// `npm start`: builds when needed, then opens `simulacra chat` with the arguments after `--`.
import { pathToFileURL } from "node:url";
import { ensureBuild, program } from "./ensure-build.mjs";

ensureBuild();
process.argv.splice(2, 0, "chat");
// As a URL: a bare path of Windows ("C:\\…") is none.
await import(pathToFileURL(program).href);
