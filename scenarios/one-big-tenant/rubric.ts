import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'The statement has several plans, chosen by the account’s share of the table: walk the primary key backwards and filter until five rows are found, or fetch all rows of the account (and status) and sort them.',
    'For accounts with many rows the planner takes the walk, because it assumes that their rows are spread evenly over the table: 13,000 of 663,000 rows would mean five within about 250.',
    'They are not: since the import the newest 153,000 ids belong to the largest customer and are all fulfilled, so every walk for anything else begins with about 153,000 rows removed by the filter, 2,600 pages.',
    'The largest customer is fast on the list without a filter, because the first rows of the walk are its own, and slow on the list of open orders, of which it has many but none among the newest.',
    'Small customers are fast because their few rows are found by index and sorted.',
    'No existing index gives the rows of an account in the order of the list: (account_id) and (account_id, status) find them but leave the order open, the primary key has the order but not the account.',
    'ANALYZE does not help: the estimate of how many rows there are is right, what statistics do not know is where in the id order they lie.',
    'An index on (account_id, id) and one on (account_id, status, id) make the work as large as the page, for every distribution; the indexes on their leading columns alone become superfluous.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'Names a symptom ("the table has grown", "the list is slow") or blames the statistics.',
        3: 'Shows the backward walk of the primary key with its removed rows for an account that suffers.',
        5: 'Compares the plans of accounts of different size, explains each choice with the planner’s estimate, says where the rows lie, and why placing a few orders cured a customer.',
      },
    },
    {
      name: 'Repair',
      anchors: {
        1: 'Outwits the planner for one query, one customer or with a setting; hides it with a cache.',
        3: 'An index whose columns are the equality and then the order, for the list that was reported.',
        5: 'Covers the list with and without a filter with as few indexes as possible, removes those that became superfluous, and brings the one that was made by hand under the migrations’ control.',
      },
    },
    {
      name: 'Proof',
      anchors: {
        1: 'Says that it feels faster.',
        3: 'Shows plan and pages before and after for one account.',
        5: 'Does so for the largest, a larger and a small account, with every status, with a second page, and shows what placing an order costs before and after.',
      },
    },
    {
      name: 'Care while repairing',
      anchors: {
        1: 'Builds or drops an index in a way that blocks orders on a Monday morning.',
        3: 'Builds concurrently, and drops nothing before its successor is valid.',
        5: 'Also weighs what an index on the status does to updates that touched no index before, and names what would have told earlier: pages per call by statement, a test with skewed data.',
      },
    },
  ],
});
