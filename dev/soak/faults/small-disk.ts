import { execFileSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/**
 * A disk that can be filled: a small file system in memory where the system lets us mount one (root on Linux), so that
 * writes fail with the real ENOSPC; else a limit on the size of the workers' files, with the same effect on each file.
 */
export class SmallDisk {
  private constructor(
    readonly folder: string,
    readonly kind: "tmpfs" | "file limit" | "none",
  ) {}

  static make(folder: string, megabytes = 24): SmallDisk {
    mkdirSync(folder, { recursive: true });
    if (runs("mount", "-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder))
      return new SmallDisk(folder, "tmpfs");
    return new SmallDisk(folder, runs("prlimit", "--version") ? "file limit" : "none");
  }

  /** Fills it but for some bytes. Where it cannot be filled, nothing happens: see {@link limitFor}. */
  fill(leftBytes: number): void {
    if (this.kind !== "tmpfs") return;
    const { bavail, bsize } = statfsSync(this.folder);
    const bytes = Math.max(0, bavail * bsize - leftBytes);
    const handle = openSync(join(this.folder, "ballast"), "a");
    try {
      const block = Buffer.alloc(1 << 16);
      for (let written = 0; written < bytes; written += block.length)
        writeSync(handle, block, 0, Math.min(block.length, bytes - written));
    } catch (error) {
      // Full is what was wanted.
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    } finally {
      closeSync(handle);
    }
  }

  free(): void {
    rmSync(join(this.folder, "ballast"), { force: true });
  }

  /** The largest size that a worker's files may have, where the disk itself cannot be filled. */
  limitFor(home: string, leftBytes: number): number | undefined {
    if (this.kind !== "file limit") return undefined;
    const sizes = readdirSync(home).map((name) => statSync(join(home, name)).size);
    return Math.max(0, ...sizes) + leftBytes;
  }

  discard(): void {
    if (this.kind === "tmpfs") execFileSync("umount", ["-l", this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function runs(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
