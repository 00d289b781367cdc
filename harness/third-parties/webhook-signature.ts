import { createHmac } from 'node:crypto';

/**
 * The `Payments-Signature` of a webhook, in Stripe's scheme (https://docs.stripe.com/webhooks#verify-manually): the receiver recomputes the
 * HMAC-SHA256 of `<t>.<rawBody>` and refuses old timestamps.
 * @param timestamp Unix seconds of this delivery attempt
 */
export function webhookSignature(secret: string, timestamp: number, rawBody: string): string {
  const digest = createHmac('sha256', secret).update(`${timestamp}.${rawBody}`).digest('hex');
  return `t=${timestamp},v1=${digest}`;
}
