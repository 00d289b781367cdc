import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'A checkout holds a database connection, in an open transaction with the order locked, while it waits for the payment provider.',
    'Little’s law: 12 checkouts/s times 2 s are 24 connections, and two processes have 20; every other request waits for one, for the 5 s of connectionTimeoutMillis.',
    'When the order is not pending, the function throws before the try whose finally releases: each refused checkout loses a connection for good, with the transaction and the lock left open.',
    'The leak is what does not recover after the provider does, and what creeps up on days without a slow provider.',
    'The lock protects from nothing that the Idempotency-Key of the charge does not protect from already.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'Says that the pool is too small or the provider too slow.',
        3: 'Shows sessions idle in transaction and the code that holds them across the call.',
        5: 'Also finds the leak on the refused path, tells which symptom comes from which, and does the arithmetic.',
      },
    },
    {
      name: 'Repair',
      anchors: {
        1: 'Larger pool, shorter timeouts.',
        3: 'One of the two: the call outside the transaction, or the release on every path.',
        5: 'Both, with what the lock was for kept by other means, and no helper left that invites the next leak.',
      },
    },
    {
      name: 'Judgement under pressure',
      anchors: {
        1: 'Restarts and waits.',
        3: 'Restarts to win time, then repairs before the next bad day.',
        5: 'Also checks what the broken transactions left behind, and whether anybody was charged whose order was rolled back.',
      },
    },
    {
      name: 'Explanation',
      anchors: {
        1: '“The pool was exhausted.”',
        3: 'Says who held which resource for how long.',
        5: 'Gives the number at which it tips over, before and after, and an alert that would have told (pool waiting, oldest idle transaction).',
      },
    },
  ],
});
