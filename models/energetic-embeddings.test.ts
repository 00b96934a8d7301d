import { describe, expect, it } from "vitest";
import { EnergeticEmbeddings, energeticIsInstalled } from "./energetic-embeddings.js";

describe.skipIf(!energeticIsInstalled())("the sentence encoder", () => {
  it("leaves the errors of the process to the host", async () => {
    const listeners = () => [process.listeners("uncaughtException"), process.listeners("unhandledRejection")];
    const before = listeners();
    expect(await new EnergeticEmbeddings().embedQuery("A boat lies below the bridge.")).toHaveLength(512);
    expect(listeners()).toEqual(before);
  });
});
