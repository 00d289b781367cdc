import { defineWriting } from '../../harness/authoring.ts';

export default defineWriting({
  kind: 'written',
  title: 'An idempotent endpoint for payment events',
  summary:
    'A webhook that comes twice, late and out of order: design it so that a payment is booked, mailed and shipped once.',
  level: 'senior',
  minutes: 45,
  skills: ['idempotency', 'transactions', 'queues and retries', 'schema design'],
  sections: [
    { title: 'Idempotency', asks: 'What makes a second delivery harmless, also when both come at the same moment?' },
    {
      title: 'When the mail is down',
      asks: 'The order is paid in the database, the mail provider is not there. What happens, step by step?',
    },
    { title: 'Retries', asks: 'Of mail and fulfilment: how often, how far apart, until when, and what then?' },
    { title: 'Schema', asks: 'Which tables and constraints support this?' },
    { title: 'Rejected', asks: 'Which other designs did you consider, and why not?' },
  ],
  points: [
    {
      name: 'unique-constraint',
      depth: 'adequate',
      says: [/unique (?:constraint|index|key)|primary key|on conflict|upsert/i],
      means: 'The database refuses the second one; a check before an insert does not.',
    },
    {
      name: 'one-transaction',
      depth: 'adequate',
      says: [/(?:same|one|single) (?:database )?transaction|atomic|commit together|transactional/i],
      means: 'The mark that an event was seen and what it changes are committed together.',
    },
    {
      name: 'race-of-two-deliveries',
      depth: 'strong',
      says: [
        /concurrent|at the same (?:time|moment)|race|simultaneous|parallel/i,
        /unique|lock|conflict|wait|for update|insert/i,
      ],
      means: 'Two deliveries at once: who waits for whom, and what the loser sees.',
    },
    {
      name: 'outbox',
      depth: 'adequate',
      says: [
        /outbox|pending (?:mails?|notifications|effects)|job (?:row|table)|rows? (?:for|of) (?:the )?(?:work|jobs|effects)/i,
      ],
      means: 'What is still to be done is written with the payment, and done by somebody else.',
    },
    {
      name: 'answer-early',
      depth: 'strong',
      says: [
        /(?:200|2xx|acknowledge|respond|answer)/i,
        /after (?:the )?commit|before (?:mail|sending|fulfil)|once (?:it is )?(?:stored|committed)|as soon as|does not wait|within/i,
      ],
      means:
        'The provider is answered once the event is stored, not once everything is done: a late answer is a retry.',
    },
    {
      name: 'idempotent-effects',
      depth: 'strong',
      says: [
        /idempotency[- ]key|same key|deduplicat|at[- ]least[- ]once|exactly[- ]once/i,
        /mail|e-?mail|fulfil|ship|partner|provider/i,
      ],
      means: 'The effects themselves run at least once, so each needs a key that makes the second one harmless.',
    },
    {
      name: 'bounded-retries',
      depth: 'adequate',
      says: [/back-?off|exponential|jitter/i, /attempts|dead[- ]letter|give up|max(?:imum)?|limit|parked/i],
      means: 'Retries grow apart and end somewhere where people see them.',
    },
    {
      name: 'out-of-order',
      depth: 'strong',
      says: [
        /out of order|late|stale|earlier event|refund(?:ed)? before|state machine|only (?:from|when)|monotonic/i,
        /status|state|event|sequence|version/i,
      ],
      means: 'A late event does not take a newer state back.',
    },
    {
      name: 'signature',
      depth: 'strong',
      says: [/signature|hmac|signed/i],
      means: 'Who sent it is checked before anything is believed, and over the raw body.',
    },
  ],
  redFlags: [
    {
      name: 'check-then-act',
      says: /(?:check|look|select|query)[^.]*(?:if|whether)[^.]*(?:already|exists|processed)[^.]*(?:then|if not)(?![^.]*(?:unique|lock|conflict))/i,
      means: 'Looks first and acts then: two deliveries at once both see nothing.',
    },
    {
      name: 'mail-in-the-request',
      says: /(?:send|call)[^.]*(?:mail|email|fulfil)[^.]*(?:in|inside|within) (?:the )?(?:same )?(?:request|handler|transaction)/i,
      means: 'Calls others while the request or the transaction is open.',
    },
  ],
  builtIn: 'paid-twice',
  dimensions: [
    {
      name: 'Failure modes',
      anchors: {
        1: 'Covers the happy path.',
        3: 'Duplicate deliveries and a mail outage are thought through.',
        5: 'Also the race of two deliveries, late events, a crash between commit and effect, and poison jobs.',
      },
    },
    {
      name: 'Use of the database',
      anchors: {
        1: 'A flag that is looked at before.',
        3: 'A unique key and one transaction.',
        5: 'Says what isolation and locks do at each step, and what the schema makes impossible.',
      },
    },
    {
      name: 'Reasoning',
      anchors: {
        1: 'Conclusions only.',
        3: 'One alternative with a reason.',
        5: 'Alternatives with what each would cost in operation.',
      },
    },
  ],
});
