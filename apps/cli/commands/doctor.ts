import type { Command } from "commander";
import type { SettingFlags } from "../../hosting/settings.js";
import { type CommandLine, withCommonOptions } from "../command-line.js";
import type { Check } from "../doctor/check.js";
import { exitCode } from "../exit-code.js";
import { table } from "../table.js";

/** `simulacra doctor`: what works on this machine, what does not, and what to do about it. */
export function registerDoctor(program: Command, cli: CommandLine): void {
  withCommonOptions(program.command("doctor"))
    .description("check this machine, the home, the characters and the models")
    .action(async (flags: SettingFlags) => {
      const checks = await examine(cli, flags);
      const broken = checks.some(({ status }) => status === "fail");
      if (broken) cli.exitCode = exitCode.broken;
      cli.output.result({ ok: !broken, checks }, () => show(cli, checks));
    });
}

async function examine(cli: CommandLine, flags: SettingFlags): Promise<Check[]> {
  const settings = cli.settings(flags);
  const machine = await import("../doctor/machine-checks.js");
  const characters = await import("../doctor/character-checks.js");
  const models = await import("../doctor/model-checks.js");
  const groups: (Check | Check[])[] = await Promise.all([
    machine.checkNode(),
    machine.checkNativeModules(),
    machine.checkToolchain(settings.env),
    machine.checkHome(settings),
    characters.checkMemories(settings),
    characters.checkCharacters(settings),
    models.checkModels(settings),
    models.checkLocalServers(),
    models.checkEmbeddings(settings),
    models.checkTraces(settings),
  ]);
  return groups.flat();
}

function show({ output }: CommandLine, checks: readonly Check[]): void {
  const { green, yellow, red, dim } = output.paint;
  const marks = { ok: green("ok  "), warn: yellow("warn"), fail: red("fail") };
  const lines = table(checks.map(({ name, detail }) => [name, detail]));
  for (const [index, { status, advice }] of checks.entries()) {
    output.line(`${marks[status]}  ${lines[index]}`);
    if (advice !== undefined) output.line(dim(`      ${advice}`));
  }
}
