import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'The list is read with one statement, and then every row of it causes two more: a page of 50 rows costs about 100 statements instead of 4.',
    'The statements run one after the other, each with a full round trip between app and database, so the page takes rows × 2 × (round trip + execution).',
    'Each single statement is fast (well below a millisecond, by index), which is why the slow query log shows nothing; calls in pg_stat_statements show it.',
    'A request takes a connection out of the pool for every statement, so a few dozen pages at once keep all connections of both replicas busy.',
    'Other requests are slow because they wait for a connection (or the CPU), not because their own work has changed.',
    'At the usual rate the app keeps up; the peak arrives faster than the app can finish, so the queue grows for as long as the peak lasts.',
    'The repair makes the number of statements independent of the number of rows.',
    'The latest order of each account has to be found without reading all orders of the accounts on the page: one account owns more than half of the table.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'Names a symptom ("the endpoint is slow", "the pool is too small") or guesses at an index.',
        3: 'Finds the statements per row in the code and says that there are too many of them.',
        5: 'Gives statements per request, time per round trip, connections held and the rate at which that saturates, measured, and explains why the other routes suffer.',
      },
    },
    {
      name: 'Repair',
      anchors: {
        1: 'Moves the problem: parallel lookups, a cache, smaller pages, more connections.',
        3: 'A constant number of statements for the list that was reported, with the same answers.',
        5: 'A constant number of statements for every list built the same way, without a helper that invites the next one, and without reading all orders to find the latest.',
      },
    },
    {
      name: 'Proof',
      anchors: {
        1: 'Says that it feels faster.',
        3: 'Compares latency before and after under load.',
        5: 'Compares statements, latency and pool wait before and after, looks at the plan of the new statement for the largest and for a small account, and checks that answers stayed the same.',
      },
    },
    {
      name: 'Care while repairing',
      anchors: {
        1: 'Deploys untested changes into the incident or changes the contract of the list.',
        3: 'Deploys one reviewed change and watches it.',
        5: 'Mitigates first where that is possible, deploys one change at a time, says what would make them roll back, and names what would have caught this before (a statement budget per request in tests, an alert on calls).',
      },
    },
  ],
});
