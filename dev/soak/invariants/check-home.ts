import { HomeSnapshot } from "../home-snapshot.js";
import type { Journal } from "../journal.js";
import { endOfMark, markOf } from "../message-marks.js";
import type { Violation } from "../violation.js";
import { lifeStoryKept } from "./life-story-kept.js";
import { moodsKept } from "./moods-kept.js";
import { noConfidenceCrossed } from "./no-confidence-crossed.js";
import { noCheckpoints, noLeftoverFile } from "./no-leftover-file.js";
import { noOrphanMemory } from "./no-orphan-memory.js";
import { noOrphanRow } from "./no-orphan-row.js";
import { noStuckLease } from "./no-stuck-lease.js";
import { nothingLost } from "./nothing-lost.js";
import { nothingOnDisk } from "./nothing-on-disk.js";
import { nothingTwice } from "./nothing-twice.js";
import { peopleIndexed } from "./people-indexed.js";
import { unansweredKept } from "./unanswered-kept.js";
import { vectorsEqualRecords } from "./vectors-equal-records.js";
import { wordsEqualRecords } from "./words-equal-records.js";

/** Where a check looks. */
export interface CheckedPlaces {
  /** The character's home. */
  home: string;
  /** Everything that the processes could write to, the home included. */
  folder: string;
  /** The key that the processes were given. */
  key: string;
}

/**
 * Holds a home, which no process has open, against what the soak knows; then takes what it found for settled.
 * `tidy`: the last process ended in peace, so that nothing half-written may be left.
 */
export async function checkHome(
  places: CheckedPlaces,
  journal: Journal,
  tidy: boolean,
): Promise<Violation[]> {
  const wiped = [...journal.said.values()].filter(({ fate }) => fate === "wiped");
  const found = [
    ...nothingOnDisk("no key on disk", places.folder, [places.key]),
    ...nothingOnDisk(
      "forgotten without a trace",
      places.home,
      wiped.map(({ number }) => endOfMark(number)),
    ),
  ];
  const snapshot = await HomeSnapshot.take(places.home);
  if (!snapshot) {
    const lost = [...journal.said.values()].filter(
      ({ fate, mayBeGone }) => fate === "answered" && !mayBeGone,
    );
    return [
      ...found,
      ...lost.map(({ number }) => ({
        invariant: "nothing acknowledged lost",
        what: `${markOf(number)}: no memory at all`,
      })),
    ];
  }
  try {
    found.push(
      ...nothingLost(snapshot, journal),
      ...lifeStoryKept(snapshot, journal),
      ...nothingTwice(snapshot),
      ...noOrphanRow(snapshot),
      ...noOrphanMemory(snapshot),
      ...peopleIndexed(snapshot),
      ...unansweredKept(snapshot, journal),
      ...noCheckpoints(snapshot, journal),
      ...noConfidenceCrossed(snapshot, journal),
      ...wordsEqualRecords(snapshot),
      ...(tidy ? [...noLeftoverFile(snapshot, journal), ...moodsKept(snapshot, journal)] : []),
      ...(await noStuckLease(snapshot)),
      ...(await vectorsEqualRecords(snapshot)),
    );
    const waiting = snapshot.waitingMessages.map(({ number }) => number);
    journal.reconcile(snapshot.storedMessages, new Set(waiting));
    return found;
  } finally {
    snapshot.discard();
  }
}
