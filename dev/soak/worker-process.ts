import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { type Command, type Reply, replySchema } from "./protocol.js";

/** How a worker process ended. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A worker that is dead gives no reply. */
export class WorkerDied extends Error {
  override readonly name = "WorkerDied";
}

/** A worker process as the soak holds it: commands go in, replies come out, until it dies. */
export class WorkerProcess {
  readonly ended: Promise<Ending>;
  /** Resolves when the program is loaded, or dead. */
  readonly ready: Promise<void>;
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, { resolve(reply: Reply): void; reject(error: Error): void }>();
  private nextId = 1;
  private dead = false;

  /** `limitBytes`: no file may grow beyond it (where no small disk can be had). */
  constructor(program: string, env: NodeJS.ProcessEnv, logFile: string, limitBytes?: number) {
    const node = [process.execPath, program];
    // SIGXFSZ ignored, a write beyond the limit fails as one on a full disk does.
    const [command = "", ...args] =
      limitBytes === undefined
        ? node
        : ["bash", "-c", `trap "" XFSZ; exec prlimit --fsize=${limitBytes} "$@"`, "soak-worker", ...node];
    this.child = spawn(command, args, { env, stdio: ["pipe", "pipe", "pipe"] });
    this.child.stderr?.pipe(createWriteStream(logFile, { flags: "a" }));
    this.child.stdin?.on("error", () => {});
    if (this.child.stdout)
      createInterface({ input: this.child.stdout }).on("line", (line) => this.hear(line));
    let loaded = () => {};
    this.ready = new Promise((resolve) => {
      loaded = resolve;
    });
    this.waiting.set(0, { resolve: loaded, reject: loaded });
    this.ended = new Promise((resolve) => {
      this.child.on("close", (code, signal) => {
        this.dead = true;
        for (const { reject } of this.waiting.values()) reject(new WorkerDied("the worker died"));
        this.waiting.clear();
        resolve({ code, signal });
      });
    });
  }

  get alive(): boolean {
    return !this.dead && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Gives a command and waits for its end. @throws WorkerDied */
  tell(command: Command): Promise<Reply> {
    if (!this.alive) return Promise.reject(new WorkerDied("the worker is dead"));
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.child.stdin?.write(`${JSON.stringify({ id, command })}\n`);
    });
  }

  /** True where it lived until now. */
  async kill(): Promise<boolean> {
    const lived = this.alive;
    this.child.kill("SIGKILL");
    const { signal } = await this.ended;
    return lived && signal === "SIGKILL";
  }

  /** Ends it as a program ends: everything closed, input over. */
  async close(): Promise<Ending> {
    await this.tell({ act: "close" });
    this.child.stdin?.end();
    return this.ended;
  }

  private hear(line: string): void {
    const reply = replySchema.parse(JSON.parse(line));
    this.waiting.get(reply.id)?.resolve(reply);
    this.waiting.delete(reply.id);
  }
}
