import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { isSimulacraError } from "../../data/errors.js";
import { loadCharacterFolder } from "../../data/index.js";
import { createSimulacrum } from "../../graphs/simulacrum/simulacrum.js";
import { resolveChatModel } from "../../models/index.js";
import stimuli from "./stimuli.json" with { type: "json" };

// Ten turns with a real model file in this process, streamed. SMALL_MODEL names the file; without it, or without
// node-llama-cpp, there is nothing to try.

const file = process.env.SMALL_MODEL ?? "";
const model = existsSync(file)
  ? await resolveChatModel(`llamacpp:${file}`, { maxTokens: 40, llamacpp: { threads: 1 } }).catch(
      (error: unknown) => {
        if (isSimulacraError(error, "missing_package")) return null;
        throw error;
      },
    )
  : null;
if (model === null)
  process.stderr.write("ten-turns.test.ts: no SMALL_MODEL with node-llama-cpp here, skipped\n");

it.skipIf(model === null)(
  "a model file answers ten turns in one process, word by word",
  { timeout: 1_200_000 },
  async () => {
    if (model === null) return;
    const character = await loadCharacterFolder(
      join(import.meta.dirname, "../../data/characters/hester-tranter"),
    );
    const person = await createSimulacrum({ character, method: "prompt", model, embeddings: "lexical" });
    for (const said of stimuli["hester-tranter"]) {
      let tokens = 0;
      let answer = "";
      for await (const event of person.stream(said, { thread: "ten" })) {
        if (event.type === "token") tokens++;
        if (event.type === "result") answer = event.result.answer;
      }
      process.stderr.write(`${tokens} pieces: ${answer.replaceAll("\n", " ")}\n`);
      expect(tokens).toBeGreaterThan(3);
      expect(answer).not.toMatch(/<\|im_|<\|end|\[INST\]/u);
    }
    await person.close();
  },
);
