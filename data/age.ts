import type { Profile } from "./character.js";

const YEAR_MS = 365.2425 * 24 * 3600 * 1000;

/** Years of age at a moment: counted from the date of birth where it is known, else as the profile says; undefined where neither is. */
export function ageAt({ age, dateOfBirth }: Profile, now: Date): number | undefined {
  if (dateOfBirth === undefined) return age;
  const birth = new Date(dateOfBirth);
  const years = now.getUTCFullYear() - birth.getUTCFullYear();
  const isBeforeBirthday =
    now.getUTCMonth() < birth.getUTCMonth() ||
    (now.getUTCMonth() === birth.getUTCMonth() && now.getUTCDate() < birth.getUTCDate());
  // A clock that stands before the birth says nothing of an age.
  return years < 0 || (years === 0 && isBeforeBirthday) ? age : years - (isBeforeBirthday ? 1 : 0);
}

/**
 * When the profile holds: the day it states (`asOf`), else the middle of the year in which somebody born then is of that
 * age; undefined where it cannot be told. What a questionnaire asks is right at that time.
 */
export function timeOfProfile({ age, dateOfBirth, asOf }: Profile): Date | undefined {
  if (asOf !== undefined) return new Date(asOf);
  if (dateOfBirth === undefined || age === undefined) return undefined;
  return new Date(new Date(dateOfBirth).getTime() + (age + 0.5) * YEAR_MS);
}
