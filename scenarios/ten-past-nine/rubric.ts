import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'The warm-up stores all profiles within seconds with the same 600 s time to live, so they expire within the same seconds ten minutes later.',
    'A miss has no coordination: every request that finds the key missing runs the whole load, and only the end of a load stops further ones.',
    'A load is seven statements one after the other, each a 52 ms round trip, so at least 364 ms during which every request for that profile starts another load.',
    'Two pools of ten connections serve about 385 statements/s at 52 ms; the herd asks for more, waits for connections, and so lengthens the loads that would end it.',
    'Jitter on the time to live spreads different keys, but not the requests for one key, and does nothing for an empty cache.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'The database is too slow or the pool too small.',
        3: 'Names the simultaneous expiry and the concurrent loads of the same key.',
        5: 'Quantifies it: loads per key, duration of a load, arrivals in that time, capacity of the pool; explains why it gets worse before it ends and why CPU stays low.',
      },
    },
    {
      name: 'Repair',
      anchors: {
        1: 'More connections, longer time to live, or jitter alone.',
        3: 'Concurrent loads of a key are joined in each process; expiry is spread.',
        5: 'One load per key over all instances or a stale answer meanwhile, with a bound for a loader that dies, no waiting across keys, and cold start thought of.',
      },
    },
    {
      name: 'Side effects',
      anchors: {
        1: 'Freshness is given up without a word.',
        3: 'Keeps ten minutes; says what waits for what.',
        5: 'Discusses failure of the load, of Redis and of the lock’s holder, negative results, forgetting during a load, and old and new versions side by side.',
      },
    },
    {
      name: 'Explanation',
      anchors: {
        1: '“Cache stampede”, and a link.',
        3: 'Explains mechanism and repair in a way the DBA would accept.',
        5: 'Shows before and after with loads per key and percentiles, and names the metric and alert that would have told us earlier.',
      },
    },
  ],
});
