import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 300;
const HEADER = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

/** Checks a `Payments-Signature: t=<unix seconds>,v1=<hex hmac-sha256 of "<t>.<body>">` header. */
export function isSignedBy(secret: string, header: string | undefined, rawBody: Buffer): boolean {
  const match = HEADER.exec(header ?? '');
  if (!match) return false;
  const [, timestamp = '', signature = ''] = match;
  if (Math.abs(Date.now() / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(rawBody).digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}
