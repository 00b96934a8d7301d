/** Words of one of the two who talk, found in a prompt's transcript. */
export interface Speech {
  self: boolean;
  text: string;
}

const label = /^[^:.!?]{1,40}:\s+(?=\S)/;

/** Ways in which a transcript may label the person: whole name, first name, "you". */
function ownLabels(name: string): string {
  const parts = [name, name.split(/\s+/)[0] ?? name, "you", "assistant", "me \\(you\\)"];
  return parts.map((part) => part.replace(/[.*+?^${}|[\]]/g, "\\$&")).join("|");
}

/** Whether a block of lines is a transcript: one of them, or a part of one, is labelled with the person's name. */
export function isTranscript(lines: readonly string[], name: string): boolean {
  const own = new RegExp(`(?:^|[.!?"”’)]\\s+)(?:${ownLabels(name)}):\\s`, "i");
  return lines.some((line) => own.test(line));
}

/** The speeches of one line of a transcript: "me: Hello. Ada Marsh: Good day." gives two. */
export function speechesOf(line: string, name: string): Speech[] {
  const own = new RegExp(`(?:^|(?<=[.!?"”’)]\\s+))(?:${ownLabels(name)}):\\s+`, "gi");
  const [before = "", ...after] = line.split(own);
  const speeches: Speech[] = before.trim() === "" ? [] : [{ self: false, text: before.replace(label, "") }];
  return [...speeches, ...after.map((text) => ({ self: true, text }))];
}
