import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'One job asks for the shipment and then mails, so a confirmation cannot go out before the fulfilment partner has answered.',
    'The worker has eight slots; eight unanswered calls occupy all of them, and every other job of the queue waits, whatever it needs.',
    'The limit in http-client.ts is ten seconds for every partner, a thousand times an ordinary answer: eight slots then do less than one order per second.',
    'A shorter limit alone does not help: attempts that come again take slots, too, and payments arrive faster than slots get free.',
    'A call that was given up may have taken effect. Without an idempotency key the next attempt orders a second parcel.',
    'Five attempts from one second on are over after fifteen seconds, less than the outages of this partner; after that an order is never shipped.',
    'API, database and processors show nothing, for nobody waits there; the age of the oldest job is what tells.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'The partner was down.',
        3: 'Shows that all slots wait for the partner, and that the mail stands behind the shipment.',
        5: 'Also computes what slots, limit and arrivals come to, and says why neither a shorter limit nor more slots is enough.',
      },
    },
    {
      name: 'Repair',
      anchors: {
        1: 'Another number for the limit or for the slots.',
        3: 'Mail and shipment apart, a short limit for this partner, attempts that outlast the outage.',
        5: 'Also bounds what the partner can occupy, by a queue of its own, a bulkhead or a breaker, with as few new parts as that needs.',
      },
    },
    {
      name: 'Correctness under failure',
      anchors: {
        1: 'Loses orders, or ships some twice.',
        3: 'Keys on what is repeated; nothing runs out of attempts.',
        5: 'Also reasons about the answer that comes after we gave up, about jobs that are in the queue while the code is deployed, and about the rush at recovery.',
      },
    },
    {
      name: 'Operation',
      anchors: {
        1: 'Nothing that would tell sooner or end it faster the next time.',
        3: 'Says which limits were chosen and from which figures.',
        5: 'An alert on the age of the oldest job per kind, a log line or metric that tells that we leave the partner alone, and how to rehearse it.',
      },
    },
  ],
});
