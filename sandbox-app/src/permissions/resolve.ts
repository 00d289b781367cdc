interface Override {
  permission: string;
  allowed: boolean;
}

/** What the roles grant, plus what groups grant, minus what any group withholds. */
export function resolvePermissions(fromRoles: string[], overrides: Override[]): string[] {
  const permissions = new Set(fromRoles);
  for (const { permission, allowed } of overrides) if (allowed) permissions.add(permission);
  for (const { permission, allowed } of overrides) if (!allowed) permissions.delete(permission);
  return [...permissions].sort();
}
