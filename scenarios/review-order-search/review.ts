import { defineReview } from '../../harness/authoring.ts';

const queries = 'src/orders/search-queries.ts';
const migration = 'migrations/0008_order_search.sql';
const routes = 'src/orders/routes.ts';

export default defineReview({
  title: 'Search orders',
  summary: 'An order search by number and notes, with a migration that takes a third of a second.',
  level: 'mid',
  minutes: 25,
  skills: ['secure SQL', 'safe migrations', 'indexes'],
  issues: [
    {
      name: 'words-become-sql',
      severity: 'critical',
      places: [
        { file: queries, from: 12, to: 12 },
        { file: queries, from: 16, to: 16 },
      ],
      consequence:
        'What is searched for is written into the statement: a quote breaks it, and a word that closes the bracket reads other tenants’ orders. A percent sign means anything.',
      teaches:
        'Values are parameters, always; and in a pattern % _ and \\ are escaped, so that a search for "12,5%" finds that.',
    },
    {
      name: 'orders-stop-at-noon',
      severity: 'high',
      places: [{ file: migration, from: 2, to: 4 }],
      consequence:
        'In one transaction: the lock of the first line is held while five million rows are rewritten and checked, and every order waits behind it. Afterwards the version that is still running inserts orders without the column, which NOT NULL refuses, and so does the new one: nothing fills it.',
      teaches:
        'A migration runs beside the version before it. A generated column or an expression index needs no rewriting by hand; else add, fill in portions, validate, each by itself and with a lock_timeout.',
    },
    {
      name: 'index-of-no-use',
      severity: 'medium',
      places: [{ file: migration, from: 5, to: 5 }],
      consequence:
        'A pattern that begins with % can not use a B-tree: the index only costs writes, and is built under a lock that keeps everybody from writing. All orders of the account are read for each search.',
      teaches:
        'EXPLAIN on the size of production. Trigrams (pg_trgm, GIN) serve such patterns; CONCURRENTLY builds them beside the traffic.',
    },
  ],
  nonIssues: [
    { place: { file: queries, from: 14, to: 14 }, why: 'COLUMNS is a constant of ours, no input.' },
    {
      place: { file: routes, from: 35, to: 39 },
      why: 'Account, page and words are checked as in every other route: parseSearch limits their length, parsePage their number.',
    },
    { place: { file: queries, from: 17, to: 19 }, why: 'Newest first, limited and parameterised.' },
  ],
});
