import { defineReview } from '../../harness/authoring.ts';

const receive = 'src/payments/receive-event.ts';
const signature = 'src/payments/signature.ts';
const routes = 'src/payments/webhook-routes.ts';

export default defineReview({
  title: 'Receive payment webhooks',
  summary: 'The provider reports payments, and the order is paid, credited and shipped: signed, checked, tested.',
  level: 'senior',
  minutes: 35,
  skills: ['idempotency', 'transactions', 'at-least-once delivery'],
  issues: [
    {
      name: 'again-is-twice',
      severity: 'critical',
      places: [
        { file: receive, from: 18, to: 20 },
        { file: receive, from: 25, to: 26 },
        { file: receive, from: 46, to: 49 },
      ],
      consequence:
        'The provider repeats what was not answered in time, and sometimes what was. Nothing here knows that it has seen a payment: it is recorded, credited, confirmed and shipped once more.',
      teaches:
        'Delivery is at least once. A unique key on the payment of the provider, claimed first and in the same transaction, makes the second delivery do nothing.',
    },
    {
      name: 'half-of-it',
      severity: 'high',
      places: [{ file: receive, from: 31, to: 34 }],
      consequence:
        'Five writes, each by itself. When one fails the answer is an error, the provider repeats, and the first ones happen again; when the process dies before the last one the order is paid and nobody ships it.',
      teaches:
        'One transaction for what belongs together; what leaves the database (the queue) goes last and may be repeated, or is written down in the same transaction and sent from there.',
    },
    {
      name: 'never-good-enough',
      severity: 'low',
      places: [{ file: receive, from: 14, to: 14 }],
      consequence:
        'An event about something that is not an order of ours is answered with 422, so the provider repeats it for days, and switches the webhook off in the end.',
      teaches:
        'An answer to a webhook says "I have it", not "I like it". What can never succeed is noted and acknowledged.',
    },
  ],
  nonIssues: [
    {
      place: { file: signature, from: 12, to: 13 },
      why: 'timingSafeEqual throws on different lengths, but the header’s pattern admits 64 hexadecimal digits only, which are the 32 bytes of SHA-256.',
    },
    { place: { file: signature, from: 3, to: 4 }, why: 'Five minutes is what the provider’s guide says.' },
    {
      place: { file: routes, from: 10, to: 11 },
      why: 'The signature is over the raw body, so it must not be parsed before; the size is limited.',
    },
  ],
});
