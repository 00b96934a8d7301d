import type { Command } from "commander";
import type { SettingFlags } from "../../../hosting/settings.js";
import { type CommandLine, withCommonOptions } from "../../command-line.js";

/** `simulacra eval list`: the instruments, their settings, and who can take them. */
export function registerEvalList(parent: Command, cli: CommandLine): void {
  withCommonOptions(parent.command("list"))
    .description("list the instruments, their settings, and the characters that can take them")
    .action(async (flags: SettingFlags) => {
      const { output } = cli;
      const { describeInstruments } = await import("../../../../evals/core/describe-instruments.js");
      const instruments = await describeInstruments({ home: cli.settings(flags).home });
      output.result({ instruments }, () => {
        for (const { name, title, version, settings, characters } of instruments) {
          output.line(`${output.paint.bold(name)}  ${title}, version ${version}`);
          output.line(`  characters: ${characters.join(", ") || "none here"}`);
          for (const { name: setting, default: value, description } of settings)
            output.line(
              `  --set ${setting}=${value === undefined ? "…" : String(value)}${description === undefined ? "" : `  ${description}`}`,
            );
        }
        output.note("An instrument of your own is named by the path of its module: ./my-instrument.js");
      });
    });
}
