import { access } from "node:fs/promises";
import { reasonOf, SimulacraError } from "../../data/errors.js";
import { loadPackage } from "../load-package.js";
import { LlamaCppChatModel, type LlamaCppOptions } from "./llama-cpp-chat-model.js";
import type { LlamaLibrary } from "./node-llama-cpp.js";

const loadedFiles = new Map<string, Promise<LlamaCppChatModel>>();

/**
 * The chat model of a GGUF file, loaded once in a process: voice, agents and judges share it.
 * @throws SimulacraError missing_package, unknown_model where the file cannot be opened
 */
export async function modelFile(
  path: string,
  settings: Omit<LlamaCppOptions, "path">,
): Promise<LlamaCppChatModel> {
  const library = await loadPackage("node-llama-cpp", `Model "llamacpp:${path}"`, "node-llama-cpp@3");
  const key = JSON.stringify([path, settings]);
  const loaded = loadedFiles.get(key) ?? openFile(library, { ...settings, path });
  loadedFiles.set(key, loaded);
  // A file that could not be opened is tried again.
  loaded.catch(() => loadedFiles.delete(key));
  return loaded;
}

async function openFile(
  library: Record<string, unknown>,
  options: LlamaCppOptions,
): Promise<LlamaCppChatModel> {
  try {
    await access(options.path);
    return await LlamaCppChatModel.open(library as unknown as LlamaLibrary, options);
  } catch (error) {
    throw new SimulacraError(
      "unknown_model",
      `The model file ${options.path} cannot be opened: ${reasonOf(error)}`,
      "user",
      { path: options.path },
      { cause: error },
    );
  }
}
