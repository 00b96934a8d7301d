import { Command } from "commander";
import type { CommandLine } from "./command-line.js";
import { registerAsk } from "./commands/ask.js";
import { registerCharacters } from "./commands/characters.js";
import { registerChat } from "./commands/chat.js";
import { registerDoctor } from "./commands/doctor.js";
import { registerEval } from "./commands/eval.js";
import { registerExport } from "./commands/export.js";
import { registerGraph } from "./commands/graph.js";
import { registerImport } from "./commands/import.js";
import { registerMemory } from "./commands/memory.js";
import { registerRecall } from "./commands/recall.js";
import { registerRemember } from "./commands/remember.js";
import { registerTrace } from "./commands/trace.js";

const epilogue = `
Environment: SIMULACRA_MODEL, SIMULACRA_AGENT_MODEL, SIMULACRA_EMBEDDINGS, SIMULACRA_HOME, OPENAI_API_KEY,
OPENAI_BASE_URL, NO_COLOR, LOG_LEVEL; also read from .env in the working directory. Flags win over both.
Exit codes: 0 done, 1 broken, 2 wrong usage or input, 3 a threshold not met.`;

/** The whole command line. Parsing errors are thrown as CommanderError, texts go to the given output. */
export function createProgram(cli: CommandLine, version: string): Command {
  const { output } = cli;
  const program = new Command("simulacra")
    .description("Talk with a person brought to life from a written life story.")
    .version(version)
    .addHelpText("after", epilogue)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.result({ text }, () => output.write(text)),
      // Errors are told in one place, after they were thrown.
      outputError: () => {},
      writeErr: (text) => void output.stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  registerChat(program, cli);
  registerAsk(program, cli);
  registerCharacters(program, cli);
  registerImport(program, cli);
  registerExport(program, cli);
  registerRemember(program, cli);
  registerRecall(program, cli);
  registerMemory(program, cli);
  registerGraph(program, cli);
  registerTrace(program, cli);
  registerEval(program, cli);
  registerDoctor(program, cli);
  return program;
}
