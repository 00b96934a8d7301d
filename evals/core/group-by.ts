/** The members of a list by a key of theirs, in the order in which each key was first met. */
export function groupBy<T>(list: Iterable<T>, key: (member: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const member of list) {
    const name = key(member);
    const group = groups.get(name);
    if (group) group.push(member);
    else groups.set(name, [member]);
  }
  return groups;
}
