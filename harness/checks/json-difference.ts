const longest = 60;

/**
 * Where two texts differ first, in a few words. JSON is compared field by field (`$.items[3].total: 12 → 10`), anything else as text.
 * Undefined when they are equal.
 */
export function firstDifference(before: string, after: string): string | undefined {
  if (before === after) return undefined;
  const parsed = [parse(before), parse(after)] as const;
  return (
    (parsed[0] && parsed[1] && difference('$', parsed[0].value, parsed[1].value)) ??
    `${short(before)} → ${short(after)}`
  );
}

function difference(path: string, before: unknown, after: unknown): string | undefined {
  if (Array.isArray(before) && Array.isArray(after) && before.length !== after.length) {
    return `${path} has ${after.length} elements instead of ${before.length}`;
  }
  if (isObject(before) && isObject(after) && Array.isArray(before) === Array.isArray(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const here = Array.isArray(before) ? `${path}[${key}]` : `${path}.${key}`;
      if (!(key in after)) return `${here} is missing`;
      if (!(key in before)) return `${here} is new`;
      const found = difference(here, before[key], after[key]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return before === after ? undefined : `${path}: ${short(JSON.stringify(before))} → ${short(JSON.stringify(after))}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function short(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
