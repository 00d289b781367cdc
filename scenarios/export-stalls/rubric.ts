import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'The export builds the whole file in one synchronous loop; a Node.js process serves nobody else until the loop ends.',
    'For every row an Intl formatter is made anew for money and twice for times: a hundred microseconds and more each, where using one takes about two.',
    'All rows, all lines and the finished text are in memory at the same time, once per export that runs: memory grows with the customer, and with the number of readers.',
    'The database is innocent: the statement takes a fraction of the time, and the pool is idle while the loop runs.',
    'Other customers suffer because they share the event loop, not because they share a table, a lock or a connection.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'Says that the export is slow or that Node.js is single-threaded.',
        3: 'Shows event-loop lag or a profile, and names the loop that blocks.',
        5: 'Takes the time apart (statement, formatters, text) with figures and explains the memory separately.',
      },
    },
    {
      name: 'Repair',
      anchors: {
        1: 'More instances, more memory, a limit on rows, or a queue in front of the same loop.',
        3: 'Makes the loop cheap, or lets others in between, but keeps everything in memory.',
        5: 'Bounded batches from the database to the socket, with backpressure, formatters made once, the file unchanged.',
      },
    },
    {
      name: 'Safety of the change',
      anchors: {
        1: 'Did not compare the file before and after.',
        3: 'Compared it, in one locale and currency.',
        5: 'Also asks what happens when the reader hangs up, when a batch fails after the first byte, and what orders placed meanwhile do to the file.',
      },
    },
    {
      name: 'Explanation',
      anchors: {
        1: '“Exports are heavy.”',
        3: 'Says who blocks whom, and for how long per row.',
        5: 'Gives the row count at which the objective breaks, before and after, and an alert on event-loop lag that would have told.',
      },
    },
  ],
});
