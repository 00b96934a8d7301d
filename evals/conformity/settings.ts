import { z } from "zod";

/** The protocol that is run unless another is asked for. */
export const ASCH = "asch";

/** Settings of the conformity experiment, each given as `--set name=value`. */
export const conformitySettings = z.object({
  /** Name of a protocol of this package, or the path of a file of one's own. */
  protocol: z.string().min(1).default(ASCH),
  /** Arms, separated by commas. @default those that the protocol names under `runs` */
  arms: z
    .string()
    .transform((list) =>
      list
        .split(",")
        .map((arm) => arm.trim())
        .filter((arm) => arm !== ""),
    )
    .optional(),
  /** Who plays the group: confederates by script, or simulacra (method `prompt`) who answer freely. */
  party: z.enum(["scripted", "simulacra"]).default("scripted"),
  /** With `party=simulacra`: the character that plays every seat. @default the run's other characters in turn */
  partyCharacter: z.string().optional(),
});
export type ConformitySettings = z.infer<typeof conformitySettings>;
