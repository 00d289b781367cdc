/** Fields that differ from answer to answer by design. */
const volatileFields = new Set(['requestId', 'request_id', 'traceId', 'trace_id']);
/** A timestamp this close to the moment of the answer was made by answering. */
const nowMs = 10 * 60_000;
const timestamp = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)(?!\w)/g;

/**
 * The part of an answer's body that must not change when the app is repaired, as text that compares equal exactly when it did not: JSON with
 * sorted keys, without request ids, and with timestamps within ten minutes of `now` replaced by `<now>`. Everything else stays, also the order
 * of arrays. A body that is not JSON stays text, with the same timestamps replaced.
 * @param now when the answer came, epoch milliseconds
 */
export function canonicalBody(body: string, now: number): string {
  const isNow = (text: string) => Math.abs(Date.parse(text) - now) <= nowMs;
  const withoutNow = (text: string) => text.replace(timestamp, (found) => (isNow(found) ? '<now>' : found));
  const canonical = (value: unknown): unknown => {
    if (typeof value === 'string') return withoutNow(value);
    if (Array.isArray(value)) return value.map(canonical);
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value).filter(([name]) => !volatileFields.has(name));
    return Object.fromEntries(
      fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, field]) => [name, canonical(field)]),
    );
  };
  try {
    return JSON.stringify(canonical(JSON.parse(body)));
  } catch {
    return withoutNow(body);
  }
}
