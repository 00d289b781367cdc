/** What reading something from outside gives; undefined when it has another shape than it should, so that reading it throws. */
export function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
