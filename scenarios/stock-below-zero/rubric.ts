import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'placeOrder reads the stock, compares in the app and writes back an absolute number: of two orders that read the same number, the second overwrites the first (lost update).',
    'READ COMMITTED, PostgreSQL’s default, allows that: the second UPDATE waits for the first to commit and then writes its own stale number.',
    'The absolute number also overwrites what a cancellation has returned in the meantime, so stock can be wrong in both directions.',
    'The number never falls below zero in the table, for each order compares first; a CHECK constraint has nothing to see.',
    'Product rows stay locked until the commit and are taken in the order the cart lists them: two carts that list the same products the other way round wait for each other.',
    'PostgreSQL notices after deadlock_timeout, one second, and ends one of them with 40P01, a 500; all the others who need these rows wait meanwhile, each with a pool connection.',
    'returnToStock joins the order’s items: a product on two lines is updated once, with one of the lines (UPDATE … FROM takes one match per row).',
    'returnToStock takes its rows in the order of the lines, too, so it is part of the deadlocks.',
    'There are two API processes, so nothing in the memory of one of them can order what both do.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'Says that it is a race condition, or that the database could not cope.',
        3: 'Shows the interleaving that loses an update, and the deadlock report of the server.',
        5: 'Keeps the two mechanisms apart, shows both with two sessions by hand, and finds the cancellation’s part in each.',
      },
    },
    {
      name: 'Repair',
      anchors: {
        1: 'A constraint, a retry, one lock for everything, or a mutex in the process.',
        3: 'One conditional statement or a row lock per product, in one order everywhere.',
        5: 'Orders and cancellations alike, products listed twice included, with locks held as briefly as possible and a constraint as a net below.',
      },
    },
    {
      name: 'Proof',
      anchors: {
        1: 'The error rate went down.',
        3: 'Checks after a load test that stock and orders add up.',
        5: 'States the invariant, checks it as one snapshot under load, and shows the throughput of a hot product before and after.',
      },
    },
    {
      name: 'Consequences',
      anchors: {
        1: 'None beyond the code.',
        3: 'Corrects the stock that is wrong, and says which orders can’t be delivered.',
        5: 'Computes the correction from what the warehouse counted and from the orders, without stopping sales, and leaves an alert on the invariant and on pg_stat_database.deadlocks.',
      },
    },
  ],
});
