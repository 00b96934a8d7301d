import { createInterface } from "node:readline";
import { isSimulacraError } from "../../data/errors.js";
import { countTokens } from "../../models/index.js";
import { type Command, numberedCommandSchema, type Reply } from "./protocol.js";
import { shiftClock } from "./shifted-clock.js";
import { OpenedWorker } from "./worker-acts.js";

// One process of the soak: it opens the character's home and does what it is told, line by line, until it is killed.

let opened: OpenedWorker | undefined;

async function obey(command: Command): Promise<Omit<Reply, "id">> {
  if (command.act === "clock") {
    shiftClock(command.offsetMs);
    return {};
  }
  if (command.act === "open") {
    if (command.clockOffsetMs !== 0) shiftClock(command.clockOffsetMs);
    opened = await OpenedWorker.open(command);
    return {};
  }
  if (!opened) throw new Error("nothing is open");
  return opened.act(command);
}

const say = (reply: Reply): void => {
  process.stdout.write(`${JSON.stringify(reply)}\n`);
};

// What the first turn would load is loaded before the clock of a life starts.
countTokens("Good morning.");
say({ id: 0 });

for await (const line of createInterface({ input: process.stdin })) {
  const { id, command } = numberedCommandSchema.parse(JSON.parse(line));
  // Not awaited: turns run at the same time, as they do in a server.
  obey(command).then(
    (done) => say({ id, ...done }),
    (error: unknown) => {
      const code = isSimulacraError(error) ? error.code : error instanceof Error ? error.name : "unknown";
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      say({ id, error: { code: isSimulacraError(error) ? code : `bare ${code}`, message } });
    },
  );
}

// Whoever commanded it is gone or has closed it: what still holds the process open after five seconds is a fault.
setTimeout(() => process.exit(3), 5_000).unref();
