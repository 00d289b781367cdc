/** Who may do what, as the company's rules say: what the app's decisions are held against. Pure, and no part of the app. */

export interface AccessFacts {
  /** By user. */
  readonly people: ReadonlyMap<string, Person>;
  /** What each role grants, by role. */
  readonly roles: ReadonlyMap<string, ReadonlySet<string>>;
  /** What each group grants (true) or withholds (false), by group and permission. */
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
}

export interface Person {
  readonly isStaff: boolean;
  /** Neither banned nor of a suspended account. */
  readonly isWelcome: boolean;
  readonly roles: readonly string[];
  readonly groups: readonly string[];
}

/**
 * Whether a user may do something: staff may do everything; of the others who has it from a role or a group, unless one of their groups withholds it. Nobody who is
 * unknown, banned, or of a suspended account may do anything.
 */
export function mayDo({ people, roles, groups }: AccessFacts, user: string, permission: string): boolean {
  const person = people.get(user);
  if (person === undefined || !person.isWelcome) return false;
  if (person.isStaff) return true;
  const overrides = person.groups.map((group) => groups.get(group)?.get(permission));
  if (overrides.includes(false)) return false;
  return overrides.includes(true) || person.roles.some((role) => roles.get(role)?.has(permission));
}
