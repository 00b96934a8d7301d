import { Argument, type Command } from "commander";
import type { Wiring } from "../../../graphs/method.js";
import { type Method, methodIds, methodNamed } from "../../../graphs/methods.js";
import { defaultCharacter } from "../character-source.js";
import { type CommandLine, withCommonOptions } from "../command-line.js";
import type { SettingFlags } from "../settings.js";
import { wiringOption } from "../talk-options.js";

interface GraphFlags extends SettingFlags {
  wiring: Wiring;
}

/** `simulacra graph <method>`: the graph as Mermaid, drawn from the compiled graph itself. */
export function registerGraph(program: Command, cli: CommandLine): void {
  withCommonOptions(program.command("graph"))
    .description("print the graph of a method as Mermaid")
    .addArgument(new Argument("<method>", "which graph").choices(methodIds))
    .addOption(wiringOption())
    .action(async (method: Method, flags: GraphFlags) => {
      const character = await defaultCharacter(cli.settings(flags));
      const { wiring } = flags;
      // Nothing of the character is drawn: it lives in this process only, by the models that need nothing.
      const simulacrum = await cli.surroundings.door({
        character,
        method,
        wiring,
        model: "offline",
        embeddings: "lexical",
      });
      try {
        const mermaid = (await simulacrum.graph.getGraphAsync()).drawMermaid();
        cli.output.result(
          { method, ...(methodNamed(method).wirings.length > 0 && { wiring }), mermaid },
          () => cli.output.line(mermaid.trimEnd()),
        );
      } finally {
        await simulacrum.close();
      }
    });
}
