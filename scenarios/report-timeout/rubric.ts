import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'A report adds up every event of the period each time it is asked for: about 145,000 rows for a year of the largest customer, to return about 2,200.',
    'The index on account and time is used; the work is in the rows, and it grows with what is recorded, not with what is shown.',
    'Sums per day (or hour) that are kept up to date in the transaction that records make the work proportional to what is shown.',
    'Periods that do not begin and end at midnight need the events at both ends.',
    'Bringing the sums in has a gap unless events recorded meanwhile are counted, too, exactly once.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'Asks for an index, or for more memory.',
        3: 'Shows rows read against rows returned, and that the one grows.',
        5: 'Says at what size the objective breaks, and why an index that covers only moves that point.',
      },
    },
    {
      name: 'Design',
      anchors: {
        1: 'Caches finished reports.',
        3: 'Keeps sums, refreshed now and then.',
        5: 'Keeps sums with the events, exact at the ends of a period, with the cost of recording measured.',
      },
    },
    {
      name: 'Safety of the change',
      anchors: {
        1: 'Fills the sums once and hopes.',
        3: 'Fills them in the migration, and knows what is recorded meanwhile.',
        5: 'Also has a query that compares sums and events, and says what happens when an event is corrected or deleted.',
      },
    },
    {
      name: 'Explanation',
      anchors: {
        1: '“The table is too big.”',
        3: 'Says which work is repeated, and who pays for it instead now.',
        5: 'Gives figures before and after for reading and for recording, and names what was given up.',
      },
    },
  ],
});
