import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'The slow statement filters on order_id, a foreign key that no index begins with; PostgreSQL does not create one for the referencing side by itself.',
    'So the planner can only read the whole table (a parallel sequential scan) for the handful of rows of one order.',
    'The cost is proportional to the size of the table: about 12,000 pages for 1.6 million order items, against about 400 at 50 thousand and a handful with an index.',
    'That is why nothing was noticed before and why staging, with a thirtieth of the data, is fast: the code and the plan are the same, the data has grown.',
    'The pages are in memory, so it is processor time and not disk that runs out; parallel workers make one query faster and occupy more cores.',
    'At the usual rate there are cores enough; at the month’s end more scans arrive than can be finished, and every request queues behind them.',
    'The same foreign key column is without an index on the sibling tables too.',
    'An index built with CONCURRENTLY lets writes go on while it is built; a plain build blocks them for as long as it takes.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'Names a symptom ("the database is slow") or the trigger ("too much traffic", "the import").',
        3: 'Finds the sequential scan in the plan of the slow statement and the column that lacks an index.',
        5: 'Gives pages and rows read per request, calls per second and the cores that takes, and explains with the same arithmetic why it was invisible at the smaller size.',
      },
    },
    {
      name: 'Repair',
      anchors: {
        1: 'Hides it: a timeout, a cache, planner settings, more connections.',
        3: 'An index that begins with the right column, in a migration.',
        5: 'Looks for siblings and repairs them too, builds without blocking writes, can be run again after a failed build, and weighs what each index costs every insert.',
      },
    },
    {
      name: 'Proof',
      anchors: {
        1: 'Says that it feels faster.',
        3: 'Shows the plan before and after.',
        5: 'Shows plan, pages per request and latency under load before and after, for one order of a large and of a small account, and that writes did not become slower.',
      },
    },
    {
      name: 'Care while repairing',
      anchors: {
        1: 'Takes a lock on a busy table in the middle of the incident.',
        3: 'Builds the index concurrently and watches the error rate.',
        5: 'Says beforehand how long the build takes and what it blocks, watches it, checks that the index is valid, and names what would have caught this earlier (a test at production size, an alert on sequential scans of large tables).',
      },
    },
  ],
});
