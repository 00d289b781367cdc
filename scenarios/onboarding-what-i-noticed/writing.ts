import { defineWriting } from '../../harness/authoring.ts';

export default defineWriting({
  kind: 'onboarding',
  title: 'What I noticed',
  summary:
    'Weeks one and two: read the application, run it, and write down what works well, what confuses, what raises questions.',
  level: 'junior',
  minutes: 240,
  skills: ['reading code', 'asking questions', 'writing without blame'],
  sections: [
    { title: 'What works well', asks: 'Worth keeping, and worth telling the team. With the file.' },
    { title: 'What confuses me', asks: 'Where I had to read twice, and why.' },
    {
      title: 'What raises questions',
      asks: 'What might happen under load, with more data, or when something is away. With the file.',
    },
    { title: 'How I looked', asks: 'What I ran, read and tried.' },
  ],
  points: [
    {
      name: 'lists-load-row-by-row',
      depth: 'adequate',
      says: [/each|every|per row|loop|row by row|n\s?\+\s?1|one (?:query|statement) (?:per|for)/i],
      files: ['accounts/service.ts', 'orders/service.ts', 'users/service.ts'],
      means: 'List pages ask the database for each row: 1 + 2 × 50 statements for a page of accounts.',
    },
    {
      name: 'webhook-does-everything-at-once',
      depth: 'adequate',
      says: [/twice|again|duplicate|retr(?:y|ies)|idempoten|already/i],
      files: [
        'payments/receive-event.ts',
        'payments/webhook-routes.ts',
        'payments/queries.ts',
        'fulfilment/order-paid.ts',
      ],
      means: 'A payment event that comes twice is booked, mailed and shipped twice.',
    },
    {
      name: 'profile-cache',
      depth: 'adequate',
      says: [/cach|ttl|ten minutes|600/i, /ban|status|role|stale|expire|same time|together|stampede/i],
      files: ['profiles/service.ts', 'profiles/load.ts', 'platform/cache.ts', 'permissions/guards.ts'],
      means:
        'Profiles, the status among them, live ten minutes in Redis; nothing that changes a user forgets them, and keys filled together expire together.',
    },
    {
      name: 'sessions-live-long',
      depth: 'strong',
      says: [/expir|revok|sign(?:ed)?[- ]out|for ever|forever|token/i],
      files: ['sessions/service.ts', 'sessions/queries.ts', 'sessions/tokens.ts'],
      means: 'When does a session end, who looks at that, and what becomes of its row?',
    },
    {
      name: 'calls-inside-transactions',
      depth: 'strong',
      says: [/transaction|lock|connection|pool|hold/i, /provider|partner|call|charge|http|slow|outside/i],
      files: ['payments/checkout.ts', 'platform/database.ts'],
      means:
        'The payment provider is called while a connection and a row lock are held; one path never gives the connection back.',
    },
    {
      name: 'jobs-without-safety',
      depth: 'strong',
      says: [/retr(?:y|ies)|attempts|lost|swallow|error|crash|poison|dead/i],
      files: ['fulfilment/worker.ts', 'fulfilment/order-paid.ts', 'fulfilment/release-worker.ts', 'platform/queue.ts'],
      means: 'What happens to a job that fails, and to one whose worker dies?',
    },
    {
      name: 'permission-cascade',
      depth: 'strong',
      says: [/permission|cascade|quer(?:y|ies)|statement|each|every/i],
      files: ['permissions/resolve.ts', 'permissions/queries.ts', 'permissions/decisions.ts'],
      means: 'One decision is a chain of statements, and some requests take thirty decisions.',
    },
    {
      name: 'sql-by-concatenation',
      depth: 'strong',
      says: [/inject|concatenat|interpolat|template|escap|parameter|quote/i],
      files: ['orders/search-queries.ts', 'users/search-queries.ts', 'products/queries.ts'],
      means: 'Search terms become part of the statement.',
    },
    {
      name: 'report-scans-all',
      depth: 'strong',
      says: [/scan|whole table|grow|month|aggregate|all rows|slow|memory|csv|export/i],
      files: ['reports/queries.ts', 'reports/order-csv.ts', 'reports/routes.ts'],
      means: 'Reports read the whole fact table; the export builds its answer in memory, in one go.',
    },
    {
      name: 'no-time-limits',
      depth: 'strong',
      says: [/timeout|time limit|hang|slow|wait|retry/i],
      files: ['platform/http-client.ts', 'fulfilment/partner.ts', 'fulfilment/handover.ts', 'platform/redis.ts'],
      means: 'How long does anything wait for a partner or for Redis, and what waits behind it?',
    },
    {
      name: 'stock-read-then-written',
      depth: 'strong',
      says: [/stock|concurren|race|at the same time|lost update|negative|deadlock/i],
      files: ['orders/place-order.ts', 'products/queries.ts'],
      means: 'Stock is read, decided upon and written: two orders at once both see enough.',
    },
    {
      name: 'something-good',
      depth: 'adequate',
      says: [
        /well|clear|nice|good|easy|helpful|consistent|like|tidy/i,
        /test|log|metric|trace|migration|type|module|folder|valid|error|health/i,
      ],
      means:
        'What is worth keeping is named: tests, structured logs with trace ids, metrics per route, numbered migrations, validation at the edge.',
    },
    {
      name: 'how-it-was-read',
      depth: 'adequate',
      says: [/ran|run|started|read|looked|tried|curl|docker|npm|test/i],
      means: 'It was run, not only read.',
    },
  ],
  redFlags: [
    {
      name: 'blames',
      says: /whoever wrote|who(?:ever)? (?:did|thought)|(?:terrible|awful|stupid|horrible|garbage|spaghetti)/i,
      means: 'Judges people or code instead of describing what is there.',
    },
    {
      name: 'rewrite-it',
      says: /(?:should|must|need to|has to) (?:be )?(?:rewrit|re-?written|replaced? (?:everything|the whole)|migrate to)/i,
      means: 'Proposes another world in week two.',
    },
  ],
  dimensions: [
    {
      name: 'Comprehension',
      anchors: {
        1: 'Restates the README.',
        3: 'Follows two requests through the code, with files.',
        5: 'Sees what depends on load, data size and failure, and says how to find out.',
      },
    },
    {
      name: 'Questions',
      anchors: {
        1: 'Verdicts.',
        3: 'Questions that somebody can answer.',
        5: 'Questions that the team has not asked itself.',
      },
    },
    {
      name: 'Tone',
      anchors: { 1: 'Blame.', 3: 'Neutral.', 5: 'Curious, and glad about what works.' },
    },
  ],
});
