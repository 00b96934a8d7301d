import type { Said } from "../journal.js";
import type { Talk } from "../people.js";
import type { Command } from "../protocol.js";

/** One message of a host's conversation with its answer. */
export interface HostExchange {
  readonly id: string;
  said: Said;
  /** Null: under way, or it failed. */
  answer: { id: string; text: string } | null;
  /** What the message said before it was edited, as long as nobody knows that it is gone. */
  replaced: Said[];
}

/** A conversation that a host keeps itself, without checkpoints, and sends whole with every message. */
export interface HostTalk {
  readonly thread: string;
  readonly audience: readonly string[];
  readonly exchanges: HostExchange[];
  busy: boolean;
}

/** The hosts of a round: each conversation goes on until one of its people is forgotten. */
export class Hosts {
  private readonly talks = new Map<string, HostTalk>();
  private begun = 0;

  /** The host's conversation with these people, for one message; null where one is under way. */
  take({ thread, audience }: Talk): HostTalk | null {
    const known = this.talks.get(thread);
    if (known?.busy) return null;
    const talk = known ?? { thread: `${thread}-host-${++this.begun}`, audience, exchanges: [], busy: false };
    talk.busy = true;
    this.talks.set(thread, talk);
    return talk;
  }

  /** Hosts forget with us. */
  forget(person: string): void {
    for (const [thread, { audience }] of this.talks) if (audience.includes(person)) this.talks.delete(thread);
  }
}

/** What the host sends. */
export const sentBy = ({ thread, audience, exchanges }: HostTalk): Command => ({
  act: "host",
  thread,
  audience: [...audience],
  messages: exchanges.flatMap(({ id, said, answer }) => [
    { id, text: said.text, isAnswer: false },
    ...(answer ? [{ ...answer, isAnswer: true }] : []),
  ]),
});
