import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'A job of the queue releases is completed once its order is in an array in the worker’s memory, before the partner has been asked: from then on the queue knows nothing of it.',
    'When the worker is killed, what is in the array and in the call under way is lost; BullMQ gives back only jobs that are still active.',
    'An error of the handover is caught and logged, and the orders of that call are dropped: nobody has them any more.',
    'The partner accepts a batch as a whole or not at all, so one order that it refuses takes up to a hundred others along.',
    'The queue has no attempts and no backoff; setting them alone changes nothing, because no job ever fails.',
    'Attempts without a pause are over within milliseconds and do not outlast an outage of seconds.',
    'A refusal (422) is final and an outage (503, no answer) is not: trying the first again only costs, giving up on the second loses orders.',
    'Jobs are processed at least once: a worker that dies between the partner’s yes and the job’s end leads to a second request, which only an idempotency key makes harmless.',
    'The shipment and the order’s status have to be written together, once, however often the job runs.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'The partner was down, or the queue has no retries.',
        3: 'Shows that jobs complete before the work is done, and that errors go nowhere.',
        5: 'Keeps the three ways of losing orders apart, says which orders each loses, and shows one of each in logs and tables.',
      },
    },
    {
      name: 'Repair',
      anchors: {
        1: 'Options of the queue, a retry of the batch in memory, or endless tries.',
        3: 'The job waits for its own order; attempts with backoff; the partner’s idempotency key.',
        5: 'Also tells refusals from outages, writes the books once, thinks of several restarts of the worker, and leaves fewer parts than before.',
      },
    },
    {
      name: 'Proof',
      anchors: {
        1: 'Sees no more errors in the log.',
        3: 'Kills the worker and lets the partner fail, and looks for each order afterwards.',
        5: 'Holds accepted orders against the partner’s ledger: none missing, none twice, and the rest among the failed jobs.',
      },
    },
    {
      name: 'Consequences',
      anchors: {
        1: 'None beyond the code.',
        3: 'Says how on call notices failed jobs, and what they do with one.',
        5: 'Finds the orders of the past by a query, releases them again with the same keys, asks the partner about those it may have, and leaves an alert on paid orders that are not shipped after an hour.',
      },
    },
  ],
});
