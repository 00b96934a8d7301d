import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { SimulacraError } from "../../../data/errors.js";
import type { Connection } from "./connection.js";

export interface LeaseOptions {
  /** Who holds it, for people who read a message ("chat of thread main"). */
  holder: string;
  /** How long the lease outlives a holder that stopped renewing, in milliseconds. @default 15000 */
  ttlMs?: number;
  /** How long to wait for another holder, in milliseconds. @default 0 */
  waitMs?: number;
  /** Ends the waiting. */
  signal?: AbortSignal;
}

/**
 * Sole right to something named, respected by every process that opened the same store. It keeps work apart; it guards
 * no data: a process that was stopped past the lease's time goes on beside the one that took over, unaware. So long
 * work under a lease reads again, when it writes, what it is about to replace.
 */
export interface Lease {
  readonly name: string;
  /** Gives it back; a second call does nothing. */
  release(): Promise<void>;
}

const pollMs = 40;

interface LeaseRow {
  token: string;
  holder: string;
  machine: string;
  process: number;
  expires: number;
}

/**
 * Takes a lease row, waiting while another holds it. A row is taken over when its time ran out, or when its holder
 * ran on this machine and its process is gone. Null where it was not free in time.
 * @throws SimulacraError cancelled when the signal aborts while waiting
 */
export async function takeLease(
  connection: Connection,
  name: string,
  { holder, ttlMs = 15_000, waitMs = 0, signal }: LeaseOptions,
): Promise<Lease | null> {
  const token = randomUUID();
  const until = performance.now() + waitMs;
  for (;;) {
    if (signal?.aborted) {
      throw new SimulacraError("cancelled", `Waiting for "${name}" was cancelled.`, "user", { name });
    }
    if (await connection.alone(() => tryTake(connection, name, token, holder, ttlMs))) {
      return renewed(connection, name, token, ttlMs);
    }
    const left = until - performance.now();
    if (left <= 0) return null;
    await sleep(Math.min(left, pollMs), undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}

/** Who holds a lease now, as they named themselves; null where it is free. */
export function leaseHolder(connection: Connection, name: string): string | null {
  const row = find(connection, name);
  return row !== undefined && isAlive(row) ? row.holder : null;
}

function tryTake(
  connection: Connection,
  name: string,
  token: string,
  holder: string,
  ttlMs: number,
): boolean {
  return connection.writing(() => {
    const row = find(connection, name);
    if (row !== undefined && isAlive(row)) return false;
    connection
      .sql(
        `INSERT OR REPLACE INTO memory_leases(name, token, holder, machine, process, expires) VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(name, token, holder, machineId(), process.pid, steadyMs() + ttlMs);
    return true;
  });
}

function find(connection: Connection, name: string): LeaseRow | undefined {
  return connection.sql("SELECT * FROM memory_leases WHERE name = ?").get(name) as LeaseRow | undefined;
}

/** Gives all leases back as the file is closed: what still runs under them can write nothing any more. */
export function releaseAll(connection: Connection): void {
  for (const token of connection.leases)
    connection.sql("DELETE FROM memory_leases WHERE token = ?").run(token);
  connection.leases.clear();
}

function renewed(connection: Connection, name: string, token: string, ttlMs: number): Lease {
  let released = false;
  connection.leases.add(token);
  const renew = () => {
    try {
      const changed = connection
        .sql("UPDATE memory_leases SET expires = ? WHERE name = ? AND token = ?")
        .run(steadyMs() + ttlMs, name, token).changes;
      // Another took over: there is nothing to renew.
      if (changed === 0) clearInterval(beat);
    } catch {
      // A busy or full disk: the next beat tries again; the lease is ours until its time runs out.
      if (!connection.database.open) clearInterval(beat);
    }
  };
  const beat = setInterval(renew, Math.max(10, ttlMs / 3));
  beat.unref();
  /** False where the row could not be deleted now. */
  const gaveBack = (): boolean => {
    if (!connection.database.open) return true;
    try {
      connection.sql("DELETE FROM memory_leases WHERE name = ? AND token = ?").run(name, token);
      connection.leases.delete(token);
      return true;
    } catch {
      return false;
    }
  };
  return {
    name,
    release: async () => {
      if (released) return;
      released = true;
      clearInterval(beat);
      if (await connection.alone(gaveBack)) return;
      // A full disk or a busy file: what was done under the lease is done. The row goes later, or its time runs out.
      const until = performance.now() + ttlMs;
      const again = setInterval(() => {
        if ((!connection.database.inTransaction && gaveBack()) || performance.now() > until)
          clearInterval(again);
      }, pollMs);
      again.unref();
    },
  };
}

/** A lease that lasts longer is of another start of the machine, whose clock counted from elsewhere. */
const longestMs = 60 * 60_000;

function isAlive(row: LeaseRow): boolean {
  // Processes under one kernel share its clock, those in other containers too; SQLite's log is shared no further.
  if (bootOf(row.machine) !== bootOf(machineId())) return false;
  const left = row.expires - steadyMs();
  if (left <= 0 || left > longestMs) return false;
  return row.machine !== machineId() || processRuns(row.process);
}

/**
 * Milliseconds of the machine's steady clock: the same for all its processes, and never set forward or back, so that a
 * lease is neither lost early nor kept for a year where somebody changes the time of day.
 */
const steadyMs = (): number => Number(process.hrtime.bigint() / 1_000_000n);

/** Whether a process of this machine lives. */
export function processRuns(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

let machine: string | undefined;

const bootOf = (machineOfRow: string): string => machineOfRow.slice(machineOfRow.lastIndexOf("/") + 1);

/** This machine since its last start: process numbers can be compared only within it. */
function machineId(): string {
  machine ??= `${hostname()}/${bootId()}`;
  return machine;
}

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}
