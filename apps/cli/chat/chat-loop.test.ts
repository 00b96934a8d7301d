import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SimulacraError } from "../../../data/errors.js";
import { EchoSimulacrum, said } from "../../../dev/doubles/apps/echo-simulacrum.js";
import type { Simulacrum } from "../../../graphs/simulacrum/simulacrum.js";
import { Output } from "../output.js";
import { chatLoop } from "./chat-loop.js";
import { Conversation } from "./conversation.js";
import { createLineSource } from "./line-source.js";

class Sink {
  text = "";
  write(text: string): void {
    this.text += text;
  }
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "simulacra-chat-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A chat over a pipe: `input` is typed by the test, `done` settles when the chat has ended. */
function open(simulacrum = new EchoSimulacrum(), json = false) {
  const [stdout, stderr, input] = [new Sink(), new Sink(), new PassThrough()];
  const output = new Output(stdout, stderr, {}, json);
  const threads: string[] = [];
  const conversation = new Conversation(
    simulacrum as unknown as Simulacrum,
    { id: "me" },
    "t1",
    output,
    {},
    async (thread) => {
      threads.push(thread);
    },
  );
  const lines = createLineSource(input, output);
  const left = { now: false };
  const done = chatLoop(conversation, lines, {
    cwd: folder,
    forgotten: async () => void threads.push("forgotten"),
    leaveNow: () => {
      left.now = true;
    },
  }).then(() => conversation.close());
  return { simulacrum, conversation, output, stdout, stderr, input, done, threads, left };
}

/** Types all lines at once and waits for the end. */
async function chat(lines: string[], simulacrum?: EchoSimulacrum) {
  const opened = open(simulacrum);
  opened.input.end(lines.map((line) => `${line}\n`).join(""));
  await opened.done;
  return opened;
}

describe("a chat through a pipe", () => {
  test("answers every line in order, in one thread, and leaves at the end of input", async () => {
    const { stdout, simulacrum } = await chat(["Hello", "How are you?"]);
    expect(stdout.text).toBe("> Hello\nYou said: Hello\n> How are you?\nYou said: How are you?\n");
    expect(simulacrum.stored).toEqual([
      { thread: "t1", said: "Hello", by: "me" },
      { thread: "t1", said: "How are you?", by: "me" },
    ]);
    expect(simulacrum.calls.at(-1)).toBe("close");
  });

  test("ends when nobody reads the answers any more", async () => {
    const opened = open();
    opened.simulacrum.beforeAnswer = async () => {
      opened.output.readerGone = true;
    };
    opened.input.write("One\nTwo\nThree\n");
    await opened.done;
    expect(opened.simulacrum.stored.map(({ said }) => said)).toEqual(["One"]);
  });

  test("answers a last line without a line end", async () => {
    const { input, done, stdout } = open();
    input.end("Hello");
    await done;
    expect(stdout.text).toBe("> Hello\nYou said: Hello\n");
  });

  test("shows nothing of an answer before the turn is stored", async () => {
    const simulacrum = new EchoSimulacrum();
    let seen: string | undefined;
    const opened = open(simulacrum);
    const push = simulacrum.stored.push.bind(simulacrum.stored);
    simulacrum.stored.push = (...turns) => {
      seen = opened.stdout.text;
      return push(...turns);
    };
    opened.input.end("Hello\n");
    await opened.done;
    expect(seen).toBe("> Hello\n");
  });

  test("an empty line is a hint, not a turn; a line of control characters, too", async () => {
    const { simulacrum, stderr } = await chat(["   ", "\u0000\u0007"]);
    expect(simulacrum.stored).toEqual([]);
    expect(stderr.text.match(/Say something/g)).toHaveLength(2);
  });

  test("a message that is too long is refused, and the chat goes on", async () => {
    const { simulacrum, stderr } = await chat(["x".repeat(100_000), "Hello"]);
    expect(stderr.text).toContain("at most 20,000");
    expect(simulacrum.stored.map(({ said }) => said)).toEqual(["Hello"]);
  });

  test("a turn that fails is told of, the chat goes on, and /retry says it again", async () => {
    const simulacrum = new EchoSimulacrum();
    let failures = 1;
    simulacrum.beforeAnswer = async () => {
      if (failures-- > 0) throw new SimulacraError("model_failed", "The model failed.", "model");
    };
    const { stdout, stderr } = await chat(["Hello", "/retry", "Bye"], simulacrum);
    expect(stderr.text).toContain("error: The model failed.");
    expect(stdout.text).toBe("> Hello\n> Hello\nYou said: Hello\n> Bye\nYou said: Bye\n");
  });

  test("a degraded turn is told of in plain words", async () => {
    const { stderr } = await chat(["a riddle"]);
    expect(stderr.text).toContain("Thinking failed this turn");
  });
});

describe("slash commands", () => {
  test("/why shows the mind of the last turn with words, numbers and sources", async () => {
    const { stdout } = await chat(["Hello", "/why"]);
    for (const part of [
      "a greeting",
      "swimming",
      "mill pond",
      "shared words 0.50, similar meaning 0.30, covers the question 0.90;",
      "the life story (1)",
      "They are friendly.",
      "Glad.",
      "valence +0.40",
      "good and calm",
    ])
      expect(stdout.text).toContain(part);
  });

  test("/why and /undo before the first turn say that there is nothing", async () => {
    const { stderr } = await chat(["/why", "/undo", "/retry"]);
    expect(stderr.text).toContain("Nothing has been said yet.");
    expect(stderr.text).toContain("nothing to take back");
    expect(stderr.text).toContain("no answer to try again");
  });

  test("/retry takes the last turn back and asks again; /undo takes it back only", async () => {
    const { simulacrum, stdout } = await chat(["One", "Two", "/retry", "/undo", "/undo"]);
    expect(simulacrum.stored).toEqual([]);
    expect(stdout.text).toContain(
      "You said: Two\n> Two\nYou said: Two\nTaken back: “Two”\nTaken back: “One”\n",
    );
  });

  test("/forget asks first, and goes on in a new thread", async () => {
    const { simulacrum, threads, stdout } = await chat(["One", "/forget", "no", "/forget", "yes", "Two"]);
    expect(simulacrum.calls.filter((call) => call.startsWith("forget"))).toEqual(["forget me"]);
    expect(stdout.text).toContain(
      "Forgotten: 2 memories, 3 turns in 1 conversation, 1 mood, what was known of 1 person.",
    );
    expect(threads[0]).toBe("t1");
    expect(threads[1]).toBe("forgotten");
    expect(threads[2]).not.toBe("t1");
  });

  test("/memory with words asks the memory", async () => {
    const { simulacrum, stdout } = await chat(["/memory the  pond"]);
    expect(simulacrum.calls).toContain("recall the  pond");
    expect(stdout.text).toContain("mill pond");
  });

  test("/memory says what stands in each memory", async () => {
    const { stdout } = await chat(["Hello", "Again", "/memory"]);
    expect(stdout.text).toMatch(
      /Working memory: [^\n]+\n {2}all 2 turns of this conversation\nShort-term memory: [^\n]+\n {2}Nothing yet.*\nLong-term memory: [^\n]+\n {2}Nothing of you yet/u,
    );
  });

  test("/save writes the conversation with the notice on top, and never over a file", async () => {
    const { stderr } = await chat(["Hello", "/save talk.md", "/save talk.md", "/save"]);
    const saved = await readFile(join(folder, "talk.md"), "utf8");
    expect(saved).toContain("> Ada is computer-generated.");
    expect(saved).toContain("**me:** Hello");
    if (process.platform !== "win32") expect((await stat(join(folder, "talk.md"))).mode & 0o777).toBe(0o600);
    expect(saved).toContain("**Ada:** You said: Hello");
    expect(saved).toMatch(/^\*\d{1,2} \p{L}+ \d{4} at \d{2}:\d{2}\*$/mu);
    expect(saved).toContain("Times of the zone");
    expect(saved).toContain("> *Mood:* ");
    expect(stderr.text).toContain("is there already");
    expect(stderr.text).toContain("Say where");
  });

  test("/save writes what was said before in the thread, too, and not what was taken back", async () => {
    const simulacrum = new EchoSimulacrum();
    simulacrum.before = [said(1), said(2)];
    simulacrum.stored.push({ thread: "t1", said: "Earlier 2", by: "me" });
    const opened = open(simulacrum);
    await opened.conversation.recollect();
    opened.input.end("/undo\nNow\n/save talk.md\n");
    await opened.done;
    const saved = await readFile(join(folder, "talk.md"), "utf8");
    const at = ["**me:** Earlier 1", "**Ada:** You said: Earlier 1", "**me:** Now"].map((part) =>
      saved.indexOf(part),
    );
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(at[0]).toBeGreaterThan(0);
    expect(saved).not.toContain("Earlier 2");
  });

  test("what others said in the thread is neither shown nor kept for /save", async () => {
    const simulacrum = new EchoSimulacrum();
    simulacrum.before = [{ ...said(1), audience: ["ben"] }];
    const { conversation, input, done } = open(simulacrum);
    await expect(conversation.recollect()).rejects.toMatchObject({ code: "thread_people" });
    expect(conversation.earlier).toEqual([]);
    input.end();
    await done;
  });

  test("an unknown one is named, with the nearest; two slashes say a line that begins with one", async () => {
    const { simulacrum, stderr } = await chat(["/wy", "/constructor", "//etc"]);
    expect(stderr.text).toContain("no command /wy; did you mean /why?");
    expect(stderr.text).toContain("no command /constructor; /help lists");
    expect(simulacrum.stored.map(({ said }) => said)).toEqual(["/etc"]);
  });

  test("/quit leaves, whatever follows", async () => {
    const { simulacrum } = await chat(["/quit", "Hello"]);
    expect(simulacrum.stored).toEqual([]);
  });
});

describe("while the model works", () => {
  test("the next turn does not wait for consolidation, and only one runs at a time", async () => {
    const simulacrum = new EchoSimulacrum();
    let finish = () => {};
    simulacrum.consolidation = () => new Promise((resolve) => (finish = resolve));
    const { input, done, stdout } = open(simulacrum);
    input.write("One\nTwo\n");
    await expect.poll(() => stdout.text).toBe("> One\nYou said: One\n> Two\nYou said: Two\n");
    expect(simulacrum.calls.filter((call) => call === "consolidate")).toHaveLength(1);
    finish();
    input.end();
    await done;
  });

  test("Ctrl-C stops the answer, not the chat; what was said can be tried again", async () => {
    const simulacrum = new EchoSimulacrum();
    simulacrum.beforeAnswer = async (said, signal) => {
      if (said === "long" && simulacrum.calls.length === 0) {
        simulacrum.calls.push("started");
        await sleep(60_000, undefined, signal === undefined ? {} : { signal });
      }
    };
    const { input, done, stdout, stderr } = open(simulacrum);
    input.write("long\n");
    await expect.poll(() => simulacrum.calls).toContain("started");
    process.emit("SIGINT");
    await expect.poll(() => stderr.text).toContain("Stopped");
    input.end("/retry\n");
    await done;
    expect(stdout.text).toBe("> long\n> long\nYou said: long\n");
  });

  test("Ctrl-C twice leaves, even when the answer does not stop", async () => {
    const simulacrum = new EchoSimulacrum();
    simulacrum.beforeAnswer = async () => {
      simulacrum.calls.push("started");
      await new Promise(() => {});
    };
    const { input, left } = open(simulacrum);
    input.write("long\n");
    await expect.poll(() => simulacrum.calls).toContain("started");
    process.emit("SIGINT");
    process.emit("SIGINT");
    await expect.poll(() => left.now, { timeout: 4_000 }).toBe(true);
  });

  test("two Ctrl-C at the prompt leave", async () => {
    const { done } = open();
    process.emit("SIGINT");
    process.emit("SIGINT");
    await done;
  });
});
