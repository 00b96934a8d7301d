import type { Interlocutor } from "../../graphs/simulacrum/contract.js";
import type { Framing } from "./contract.js";

/** Who asks, by framing: the paper's best friend in a relaxed talk (Xie et al. 2025, appendix), or an interviewer. */
export const asker: Readonly<Record<Framing, Interlocutor>> = {
  friend: { id: "best-friend", name: "Alex", relationship: "your best friend, in a relaxed talk" },
  neutral: { id: "interviewer", name: "the interviewer", relationship: "an interviewer of a study" },
};
