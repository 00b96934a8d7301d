import { stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import type { TraceAccount } from "../../traces/trace-account.js";
import type { TracedRun } from "../../traces/traced-run.js";
import { type CommandLine, withCommonOptions } from "../command-line.js";
import { clip } from "../describe-memory.js";
import { wrongUsage } from "../flags.js";
import type { Output } from "../output.js";

interface TraceFlags {
  html?: string;
  replace?: boolean;
}

/** `simulacra trace FILE [--html OUT]`: what `--trace` wrote, as a summary or as a page. */
export function registerTrace(program: Command, cli: CommandLine): void {
  withCommonOptions(program.command("trace"))
    .description("show a file that was written with --trace, or make one page of it")
    .argument("<file>", "file that chat, ask, remember or eval run wrote with --trace")
    .option("--html <page>", "write one self-contained page to this file")
    .option("--replace", "replace a page that is there")
    .action(async (file: string, flags: TraceFlags) => show(cli, file, flags));
}

async function show(cli: CommandLine, file: string, flags: TraceFlags): Promise<void> {
  const { output } = cli;
  const [{ readTrace }, { traceAccount, traceSummary }] = await Promise.all([
    import("../../traces/read-trace.js"),
    import("../../traces/trace-account.js"),
  ]);
  const account = traceAccount(await readTrace(resolve(cli.cwd, file)));
  const summary = traceSummary(account);
  if (flags.html === undefined) output.result(summary, () => print(account, summary, output));
  else {
    const page = resolve(cli.cwd, flags.html);
    await refuseSameFile(resolve(cli.cwd, file), page);
    const bytes = await writePage(account, page, flags.replace ?? false);
    output.result({ ...summary, page, pageBytes: bytes }, () => {
      output.line(`Written: ${page} (${Math.ceil(bytes / 1024)} kB). Open it in a browser.`);
    });
  }
  for (const { line, reason } of account.problems) output.warn(`Line ${line} was left out: ${reason}.`);
}

/** The page would take the place of the trace, which cannot be made again; a link to it is the same file. */
async function refuseSameFile(trace: string, page: string): Promise<void> {
  const [from, to] = await Promise.all([trace, page].map((path) => stat(path).catch(() => undefined)));
  if (from && to && from.ino === to.ino && from.dev === to.dev)
    throw wrongUsage(`--html: ${page} is the trace itself. Give the page another name.`, { path: page });
}

async function writePage(account: TraceAccount, path: string, replace: boolean): Promise<number> {
  const { tracePage } = await import("../../trace-page/trace-page.js");
  const page = await tracePage(account);
  try {
    await writeFile(path, page, { flag: replace ? "w" : "wx", mode: 0o600 });
  } catch (cause) {
    const there = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    const message = there
      ? `${path} is there already. Give another name, or --replace to write over it.`
      : `--html: cannot write ${path}.`;
    throw wrongUsage(message, { path }, cause);
  }
  return Buffer.byteLength(page);
}

function print(
  { conversations }: TraceAccount,
  { turns, calls, tokens }: { turns: number; calls: number; tokens: { input: number; output: number } },
  output: Output,
): void {
  const { paint } = output;
  for (const { character, thread, runs } of conversations) {
    output.line(paint.bold(`${character.name}${thread === undefined ? "" : `, conversation ${thread}`}`));
    runs.forEach((run) => {
      output.line(`${run.startedAt.slice(11, 19)}  ${title(run)}`);
      if (run.kind === "turn")
        output.line(`          ${paint.dim("→")} ${clip(run.answer ?? "(no answer)", 90)}`);
      output.line(`          ${paint.dim(costs(run))}`);
    });
    output.line();
  }
  output.line(`${turns} turns, ${calls} model calls, ${tokens.input} tokens in, ${tokens.output} out.`);
}

const title = (run: TracedRun): string =>
  run.kind === "turn"
    ? clip(run.said?.map(({ text }) => text).join(" ") || "(not in this file)", 90)
    : `(${run.kind} of a memory)`;

function costs({ steps, ms, ended }: TracedRun): string {
  const parts = steps.map((step) => `${step.name} ${step.ms} ms`);
  const read = steps.flatMap((step) => step.calls).reduce((sum, { tokens }) => sum + tokens.input, 0);
  return `${ms} ms${ended ? "" : " (stopped before its end)"}: ${parts.join(", ")}; ${read} tokens in`;
}
