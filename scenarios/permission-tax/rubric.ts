import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  facts: [
    'decide loops over users and permissions and resolves each pair by itself: user and account, roles, the permissions of each role, groups, the overrides of each group: five to seven statements per pair.',
    'Thirty pairs are about 150 statements one after the other, each with a round trip of 2 ms: the time is spent on the way, not in the database.',
    'Every statement is fast and indexed; pg_stat_statements shows it by calls, not by time.',
    'Nothing about a user is shared between the pairs, although all but one ask about the same user, or all about the same permission.',
    'Looking pairs up at the same time keeps the number of statements and takes all connections of a process for one request.',
    'A group that withholds wins over a group that grants and over roles; an order of evaluation that lets a grant win is wrong for users of two groups that disagree.',
    'Profiles in Redis are kept for ten minutes and are not removed when roles or groups change: permissions from there are up to ten minutes old.',
    'A copy in one instance is not removed by a change that reaches the other.',
  ],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'The endpoint is slow, or the database is.',
        3: 'Counts the statements of a request and names the loop.',
        5: 'Explains the time as pairs times statements times round trip, checks it against a trace, and says what of it grows with the model.',
      },
    },
    {
      name: 'Repair',
      anchors: {
        1: 'More connections, more at a time, or a cache without a way to forget.',
        3: 'A constant number of statements, with the rules intact.',
        5: 'Also says why it needs no copy, or how each instance learns of a change within the second, and what it costs when a group of thousands changes.',
      },
    },
    {
      name: 'Proof',
      anchors: {
        1: 'A few requests by hand.',
        3: 'A test with groups that disagree, staff, banned users, and people nobody knows.',
        5: 'Many generated cases against an independent statement of the rules.',
      },
    },
    {
      name: 'Design',
      anchors: {
        1: 'None beyond this endpoint.',
        3: 'Says what the load of next week will be in statements and connections.',
        5: 'Weighs deciding when asked against working it out beforehand, by who changes how often, and leaves one place where the rule is written.',
      },
    },
  ],
});
