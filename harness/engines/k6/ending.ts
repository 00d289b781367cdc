/** Codes of k6 (https://grafana.com/docs/k6/latest/javascript-api/error-codes/) by the names that operating systems and gameday use. */
const errorKinds: Readonly<Record<number, string>> = {
  1050: 'timeout',
  1201: 'EPIPE',
  1211: 'timeout',
  1212: 'ECONNREFUSED',
  1220: 'ECONNRESET',
};
/** From here on, codes repeat the status of an answer. */
const firstStatusCode = 1400;

/**
 * How a request ended, from what k6 says of it: a status, or the kind of error that kept the answer from coming. Runs in k6, too.
 *
 * @param code k6's error code, 0 for none
 */
export function endingOf(status: number, code: number, error: string): string {
  if (code === 0 || code >= firstStatusCode) return String(status);
  // Go says so of a connection that the server closed before it answered.
  if (error.endsWith('EOF')) return 'ECONNRESET';
  return errorKinds[code] ?? `k6-${code}`;
}
