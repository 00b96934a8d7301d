import { constants, existsSync } from "node:fs";
import { access, mkdtemp, rm, statfs } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { defaultExactBelow } from "../../../memory/backends/sqlite/options.js";
import { nativeModuleFailure } from "../../hosting/native-modules.js";
import type { Settings } from "../../hosting/settings.js";
import { type Check, fail, firstLineOf, ok, warn } from "./check.js";

const oldestNode = 20;
const megabyte = 1024 * 1024;
/** Below the first a warning, below the second nothing can be stored safely (SQLite needs room for its log). */
const roomForWork = 500 * megabyte;
const roomForAnything = 50 * megabyte;

export function checkNode(version = process.versions.node): Check {
  const major = Number(version.split(".")[0]);
  return major >= oldestNode
    ? ok("Node.js", version)
    : fail("Node.js", version, `Install Node.js ${oldestNode} or newer.`);
}

const failure = (error: unknown) =>
  nativeModuleFailure(error)?.message ?? `does not load: ${firstLineOf(error)}`;
const rebuild = (name: string) => `npm rebuild ${name} (needs a C++ compiler, make and Python 3)`;

const nativeModules = {
  "better-sqlite3": async (): Promise<void> => {
    const { default: Database } = await import("better-sqlite3");
    new Database(":memory:").close();
  },
  "hnswlib-node": async (): Promise<void> => {
    await import("hnswlib-node");
  },
};

/** The native parts of the memory: the database, and the vector index, which it can do without. */
export async function checkNativeModules(load = nativeModules): Promise<Check[]> {
  const without: Record<keyof typeof load, (error: unknown) => Check> = {
    "better-sqlite3": (error) => fail("better-sqlite3", failure(error), `Run: ${rebuild("better-sqlite3")}.`),
    "hnswlib-node": (error) =>
      warn(
        "hnswlib-node",
        failure(error),
        `Memories are recalled by comparing all of them, which finds the same and matters from ${defaultExactBelow.toLocaleString("en")} memories on; only the method rag cannot do without. To have it: npm install hnswlib-node, or, where it is installed, ${rebuild("hnswlib-node")}.`,
      ),
  };
  const names = ["better-sqlite3", "hnswlib-node"] as const;
  return Promise.all(names.map((name) => load[name]().then(() => ok(name, "loads"), without[name])));
}

/** The C++ toolchain is needed when installing only. */
export function checkToolchain(env: NodeJS.ProcessEnv): Check {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const has = (...programs: string[]) =>
    programs.some((program) => folders.some((folder) => existsSync(join(folder, program))));
  const absent = [
    has("c++", "g++", "clang++", "cl.exe") ? undefined : "a C++ compiler",
    has("make", "nmake.exe", "msbuild.exe") ? undefined : "make",
    has("python3", "python", "python.exe") ? undefined : "Python 3",
  ].filter((part) => part !== undefined);
  return absent.length === 0
    ? ok("C++ toolchain", "a compiler, make and Python 3 are there")
    : warn(
        "C++ toolchain",
        `${absent.join(", ")} not found`,
        "Only installing needs them: better-sqlite3 and the optional hnswlib-node are compiled. On Debian: apt install build-essential python3",
      );
}

/** Whether the home can be written, without making it. */
export async function checkHome({ home }: Settings): Promise<Check[]> {
  const place = nearestExisting(home);
  const name = "Home";
  try {
    await access(place, constants.W_OK);
    // Permissions do not tell of a read-only or full disk: only writing does.
    await rm(await mkdtemp(join(place, ".simulacra-doctor-")), { recursive: true });
  } catch (error) {
    return [
      fail(
        name,
        `${home} cannot be written: ${firstLineOf(error)}`,
        "Set SIMULACRA_HOME to a folder of yours.",
      ),
    ];
  }
  const { bavail, bsize } = await statfs(place);
  const free = bavail * bsize;
  const room = `${Math.round(free / megabyte).toLocaleString("en")} MB free`;
  const advice = "Free some space, or set SIMULACRA_HOME to another disk.";
  return [
    ok(name, existsSync(home) ? `${home} can be written` : `${home} will be made when something is stored`),
    free < roomForAnything
      ? fail("Disk", room, advice)
      : free < roomForWork
        ? warn("Disk", room, advice)
        : ok("Disk", room),
  ];
}

function nearestExisting(path: string): string {
  let place = path;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  return place;
}
