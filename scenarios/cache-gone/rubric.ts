import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'Every guard reads the profile through Redis, and an error or silence of Redis goes up to the request, although the database has all that is needed.',
    'In a silent outage no command fails: ioredis has no time limit unless commandTimeout is set, so requests wait until the network is back; nothing is there to catch.',
    'In a refused outage commands queue offline until maxRetriesPerRequest is reached, with growing pauses, then requests answer 500.',
    'The direct fallback costs eight statements per request: 160 requests/s need 1,280 per second, and twenty connections at 40 ms do 500.',
    'Three users send 95 % of the requests, so sharing loads per user brings that down to a few hundred statements.',
    'What could not be removed from Redis during the outage is still there after it, for up to ten minutes, on all instances.',
    'Bytes sent into a silent connection may arrive late: a stored old copy can follow a removal.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'Redis was down.',
        3: 'Shows the path from the guard to Redis and what each kind of outage does to it.',
        5: 'Also computes what a fallback asks of the database, and finds the removals that are lost.',
      },
    },
    {
      name: 'Repair',
      anchors: {
        1: 'More retries, or errors caught and nothing else.',
        3: 'Time limit, fallback, and a bound for the database.',
        5: 'Also a breaker that notices recovery, removals made good, readiness that does not depend on Redis, and as few new parts as that needs.',
      },
    },
    {
      name: 'Correctness under failure',
      anchors: {
        1: 'Answers from old copies or without asking who is banned.',
        3: 'Says how old a profile may be during the outage, and keeps to it.',
        5: 'Also reasons about two instances, late bytes and the moment of recovery, and says which windows are left.',
      },
    },
    {
      name: 'Explanation',
      anchors: {
        1: '“Made it resilient.”',
        3: 'Says for each part which failure it is for.',
        5: 'Gives figures before and after for both kinds of outage, how to drill it, and which alert tells that the product runs without Redis.',
      },
    },
  ],
});
