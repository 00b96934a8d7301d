import { join } from "node:path";
import { WorkerProcess } from "./worker-process.js";

/** Starts workers ahead of need: loading the program takes longer than what is killed in it. */
export class WorkerPool {
  private spare: WorkerProcess[] = [];
  private readonly env: NodeJS.ProcessEnv;
  readonly log: string;

  /** `program`: the workers' file; `folder`: their home and place for temporary files. */
  constructor(
    private readonly program: string,
    folder: string,
    key: string,
    private readonly ahead = 2,
  ) {
    this.log = join(folder, "workers.log");
    const { PATH = "" } = process.env;
    this.env = { PATH, HOME: folder, TMPDIR: folder, OPENAI_API_KEY: key, NODE_NO_WARNINGS: "1" };
  }

  take(): WorkerProcess {
    const ready = this.spare.shift() ?? this.start();
    while (this.spare.length < this.ahead) this.spare.push(this.start());
    return ready;
  }

  /** One whose files may not grow beyond a size; never started ahead. */
  takeLimited(limitBytes: number): WorkerProcess {
    return new WorkerProcess(this.program, this.env, this.log, limitBytes);
  }

  async close(): Promise<void> {
    await Promise.all(this.spare.splice(0).map((worker) => worker.kill()));
  }

  private start(): WorkerProcess {
    return new WorkerProcess(this.program, this.env, this.log);
  }
}
