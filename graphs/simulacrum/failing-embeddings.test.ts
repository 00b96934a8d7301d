import { Embeddings } from "@langchain/core/embeddings";
import { expect, it } from "vitest";
import { anna, scriptedAgents } from "../../dev/doubles/graphs/scripted-agents.js";
import type { Method } from "../../graphs/methods.js";
import { LexicalEmbeddings } from "../../models/index.js";
import { createSimulacrum } from "./simulacrum.js";

const password = "pa55-word-of-mine";

/** A host's own embeddings, which can be out of order and tell their key when they are. */
class HostEmbeddings extends Embeddings {
  works = true;
  readonly clientConfig = { defaultHeaders: { authorization: `Custom ${password}` } };
  readonly #inner = new LexicalEmbeddings();
  constructor() {
    super({});
  }
  override async embedQuery(text: string): Promise<number[]> {
    if (!this.works) throw new Error(`refused: sk-abcdefghijkl, ${password}`);
    return this.#inner.embedQuery(text);
  }
  override embedDocuments(texts: string[]): Promise<number[][]> {
    return Promise.all(texts.map((text) => this.embedQuery(text)));
  }
}

it.each(["macm", "rag"] satisfies Method[])(
  "a turn of %s whose embeddings fail is marked, says why, and tells no key",
  async (method) => {
    const embeddings = new HostEmbeddings();
    const person = await createSimulacrum({ character: anna, method, model: scriptedAgents(), embeddings });
    const said = "Who built boats from larch?";
    expect((await person.ask(said)).degraded).toEqual([]);
    embeddings.works = false;
    const faults: string[] = [];
    for await (const event of person.stream(said)) {
      if (event.type === "update") faults.push(JSON.stringify(event.update));
      if (event.type !== "result") continue;
      expect(event.result.degraded).toEqual(["memory"]);
      if (method === "macm") expect(event.result.mind?.memories[0]?.text).toContain("larch");
    }
    await person.close();
    expect(faults.join("\n")).toContain("refused: [key], [key]");
    expect(faults.join("\n")).not.toContain("sk-abc");
    expect(faults.join("\n")).not.toContain(password);
  },
);
