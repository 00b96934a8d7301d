import { CommanderError } from "commander";
import { describe, expect, test } from "vitest";
import { SimulacraError } from "../../data/errors.js";
import { exitCode, reportFailure } from "./exit-code.js";
import { Output } from "./output.js";
import { createProgress } from "./progress.js";

class Sink {
  text = "";
  constructor(readonly isTTY = false) {}
  write(text: string): void {
    this.text += text;
  }
}

function output(options: { json?: boolean; terminal?: boolean; env?: NodeJS.ProcessEnv } = {}) {
  const [stdout, stderr] = [new Sink(options.terminal), new Sink(options.terminal)];
  return { stdout, stderr, output: new Output(stdout, stderr, options.env ?? {}, options.json ?? false) };
}

const hasColour = (text: string) => text.includes("\u001B[");

describe("Output", () => {
  test("with --json stdout holds exactly one document, and what a person would read goes to stderr", () => {
    const { output: out, stdout, stderr } = output({ json: true });
    out.line("an answer");
    out.result({ first: true }, () => out.line("never shown"));
    out.result({ second: true }, () => {});
    expect(JSON.parse(stdout.text)).toEqual({ first: true });
    expect(stderr.text).toBe("an answer\n");
  });

  test("colours only a terminal, and none with NO_COLOR", () => {
    for (const [options, coloured] of [
      [{ terminal: true }, true],
      [{ terminal: true, env: { NO_COLOR: "1" } }, false],
      [{ terminal: true, env: { TERM: "dumb" } }, false],
      [{ terminal: false }, false],
    ] as const) {
      const { output: out, stderr } = output(options);
      out.warn("careful");
      expect(hasColour(stderr.text)).toBe(coloured);
      expect(hasColour(out.paint.red("x"))).toBe(coloured);
    }
  });
});

describe("text of files, models and servers", () => {
  const evil = "be\u001B]0;title\u0007fore\u001B[2J\u009B1A\u001B[8m after";

  test("steers no terminal, whatever way it is told", () => {
    const { output: out, stdout, stderr } = output({ terminal: true });
    out.line(`${out.paint.bold("Thought")} ${evil}`);
    out.note(evil);
    out.warn(evil);
    out.error(evil);
    reportFailure(new Error(evil), out);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what may be left
    const left = (stdout.text + stderr.text).replace(/\u001B\[(?:1|2|22|3\d)m/gu, "");
    expect(left).not.toMatch(/[^\n -\uFFFF]|[\u007F-\u009F]/u);
    expect(left).toMatch(/^Thought before.* after\nbefore/u);
    expect(hasColour(stdout.text)).toBe(true);
  });

  test("brings no colours where there are none", () => {
    const { output: out, stdout } = output();
    out.line("\u001B[31mred\u001B[39m");
    expect(stdout.text).toBe("red\n");
  });
});

describe("reportFailure", () => {
  const unknown = new SimulacraError("unknown_character", "There is no character.", "user");
  const broken = new SimulacraError("model_timeout", "The model took too long.", "model");

  test("wrong input ends with 2, something broken with 1", () => {
    expect(reportFailure(unknown, output().output)).toBe(exitCode.usage);
    expect(reportFailure(new CommanderError(1, "commander.unknownOption", "error: x"), output().output)).toBe(
      2,
    );
    expect(reportFailure(broken, output().output)).toBe(exitCode.broken);
    expect(reportFailure(new Error("?"), output().output)).toBe(exitCode.broken);
  });

  test("with --json tells code and message in the one document", () => {
    const { output: out, stdout, stderr } = output({ json: true });
    reportFailure(broken, out);
    expect(JSON.parse(stdout.text)).toEqual({
      error: { code: "model_timeout", message: "The model took too long." },
    });
    expect(stderr.text).toBe("error: The model took too long.\n");
  });

  test("adds no second document to a result that was written already", () => {
    const { output: out, stdout } = output({ json: true });
    out.result({ answer: "yes" }, () => {});
    reportFailure(broken, out);
    expect(JSON.parse(stdout.text)).toEqual({ answer: "yes" });
  });

  test("shows a stack with LOG_LEVEL=debug only", () => {
    const [quiet, debug] = [output(), output({ env: { LOG_LEVEL: "debug" } })];
    reportFailure(broken, quiet.output);
    reportFailure(broken, debug.output);
    expect(quiet.stderr.text).not.toContain("output.test.ts");
    expect(debug.stderr.text).toContain("output.test.ts");
  });

  test("a full disk is told as such", () => {
    const { output: out, stderr } = output();
    reportFailure(Object.assign(new Error("write"), { code: "ENOSPC" }), out);
    expect(stderr.text).toContain("The disk is full");
  });
});

describe("createProgress", () => {
  test("redraws a bar on a terminal", () => {
    const { output: out, stderr } = output({ terminal: true });
    const progress = createProgress(out, "Memories");
    progress.update(1, 2);
    expect(stderr.text).toMatch(/\r.*█+.*░+.*1\/2/);
  });

  test("writes at most a line a tenth into a pipe, the last one at the end", () => {
    const { output: out, stderr } = output();
    const progress = createProgress(out, "Memories");
    for (let done = 0; done <= 150; done++) progress.update(done, 150);
    const lines = stderr.text.trimEnd().split("\n");
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe("Memories 150/150");
    expect(hasColour(stderr.text)).toBe(false);
  });
});
