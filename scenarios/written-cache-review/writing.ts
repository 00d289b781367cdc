import { defineWriting } from '../../harness/authoring.ts';

export default defineWriting({
  kind: 'written',
  title: 'Two comments on a cache',
  summary:
    'A pull request caches profiles for ten minutes. Write the two comments that help its author, a mid-level colleague.',
  level: 'mid',
  minutes: 35,
  skills: ['caching', 'authorisation', 'reviewing', 'teaching'],
  sections: [
    { title: 'The keys that expire together', asks: 'Your comment on the pull request, as you would post it.' },
    { title: 'The banned user', asks: 'Your comment on the pull request, as you would post it.' },
    {
      title: 'What you would ask for before merging',
      asks: 'What has to change now, what can wait, and how would we notice?',
    },
  ],
  points: [
    {
      name: 'why-together',
      depth: 'adequate',
      says: [/deploy|same (?:time|moment|second)|together|at once|simultaneous/i, /expire|ttl|ten minutes|10[- ]min/i],
      means: 'Keys that were filled together expire together.',
    },
    {
      name: 'many-miss-at-once',
      depth: 'adequate',
      says: [
        /miss|reload|recompute|goes? to the database|query the database|database/i,
        /every|each|all|thousand|10,?000|concurrent|hundreds/i,
      ],
      means: 'Between the expiry and the first refill every request misses and loads the same row.',
    },
    {
      name: 'coalescing',
      depth: 'adequate',
      says: [
        /coalesc|single[- ]?flight|in[- ]flight|one (?:loader|request|process|load)|lock|mutex|stale[- ]while[- ]revalidate|early (?:re)?fresh|jitter|random/i,
      ],
      means: 'A way out: one loads for all, or an old copy serves meanwhile, or expiries are spread.',
    },
    {
      name: 'across-replicas',
      depth: 'strong',
      says: [
        /replica|process(?:es)?|instance|node|pod/i,
        /lock|redis|shared|each of|per (?:replica|process|instance)|set nx|memory/i,
      ],
      means: 'What one process does in its memory the others don’t know.',
    },
    {
      name: 'in-figures',
      depth: 'strong',
      says: [/\d[\d,.]*\s*(?:requests|queries|connections|ms|rps|\/s|keys|users|×|x)/i],
      means: 'The mechanism is shown with figures: requests a second, milliseconds of a load, size of the pool.',
    },
    {
      name: 'invalidate-on-change',
      depth: 'adequate',
      says: [
        /invalidat|delete|forget|evict|remove|version|publish/i,
        /ban|permission|role|status|change|write|commit/i,
      ],
      means: 'Whoever changes the row forgets the key, after the commit.',
    },
    {
      name: 'access-apart-from-display',
      depth: 'strong',
      says: [
        /authori[sz]|access|permission|decid|security|status/i,
        /not (?:be )?cached|never cache|uncached|fresh|separate|source of truth|from the database|every request|deny[- ]?list/i,
      ],
      means:
        'What decides over access is not a display name: it is read fresh, or its staleness is bounded on purpose.',
    },
    {
      name: 'race-of-refill',
      depth: 'strong',
      says: [
        /race|between|while|concurrent|in the meantime|meanwhile/i,
        /old (?:row|value|copy)|stale|before the (?:ban|commit|change)|puts? (?:it )?back|re-?fill/i,
      ],
      means: 'A reader that read the old row can put it back after the key was forgotten.',
    },
    {
      name: 'teaches',
      depth: 'strong',
      says: [
        /imagine|suppose|picture|think of|what happens when|let(?:’|')s|for example|you (?:can|could) (?:see|try|reproduce)|step by step/i,
      ],
      means: 'The comment lets the author see it happen, instead of only naming it.',
    },
  ],
  redFlags: [
    {
      name: 'shorter-ttl',
      says: /(?:shorter|reduce|lower|decrease)[^.]*ttl(?![^.]*(?:not|only|does|doesn|would))/i,
      means: 'A shorter time to live makes the stampede more frequent and the ban still late.',
    },
    {
      name: 'belittles',
      says: /obviously|you should (?:have known|know)|basic mistake|everyone knows|trivial mistake/i,
      means: 'Takes the author for less than a colleague.',
    },
  ],
  builtIn: 'ten-past-nine',
  dimensions: [
    {
      name: 'Teaching',
      anchors: {
        1: 'Names a pattern.',
        3: 'Explains how it comes about and what to do.',
        5: 'The author could explain it to the next one, and would recognise it in other code.',
      },
    },
    {
      name: 'Priority',
      anchors: {
        1: 'Both issues look alike.',
        3: 'The ban is said to be worse than the stampede.',
        5: 'Says what blocks the merge, what can follow, and how each would be noticed in production.',
      },
    },
    {
      name: 'Solutions',
      anchors: {
        1: 'A shorter time to live.',
        3: 'One alternative for each that works in one process.',
        5: 'Alternatives with what they cost, right across replicas and under concurrent writes.',
      },
    },
  ],
});
