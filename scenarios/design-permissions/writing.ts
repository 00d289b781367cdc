import { defineWriting } from '../../harness/authoring.ts';

export default defineWriting({
  kind: 'design',
  title: 'Permissions for every request, under five milliseconds',
  summary:
    'Fifty permission types, group overrides, a check on every request under 5 ms at p99: design it, then build it.',
  level: 'staff',
  minutes: 75,
  skills: ['data modelling', 'consistency against speed', 'estimating', 'operating what one designs'],
  sections: [
    { title: 'Questions', asks: 'What do you have to know first? Write the answer that you assume.' },
    { title: 'Model', asks: 'Tables, keys, and how a decision follows from them.' },
    { title: 'The check', asks: 'What one request costs: statements, rows, bytes, milliseconds. Show the arithmetic.' },
    { title: 'Changes', asks: 'Somebody loses a permission. Who knows when, on every replica?' },
    { title: 'Failure', asks: 'What happens when the cache, a replica or the database is away?' },
    { title: 'Operation', asks: 'How is it rolled out, watched, and explained to support?' },
    { title: 'Rejected', asks: 'Which designs did you decide against, and why?' },
  ],
  points: [
    {
      name: 'asks-about-scale',
      depth: 'adequate',
      says: [
        /how (?:many|often|large|fast)|assum|per (?:second|tenant|user|day)|read(?:s)? to write|ratio/i,
        /tenant|user|group|request|change/i,
      ],
      means: 'Scale is asked for or assumed, in figures: tenants, users, groups per user, requests, changes.',
    },
    {
      name: 'asks-about-staleness',
      depth: 'adequate',
      says: [/stale|consisten|effective|propagat|fresh|revok|lag/i, /second|ms|immediate|within|bound|ttl|minute/i],
      means: 'How old a decision may be is a number, and revoking is harder than granting.',
    },
    {
      name: 'precedence',
      depth: 'adequate',
      says: [/deny|denied|revoke|override|negative/i, /precedence|wins|over|before|order|overrid/i],
      means: 'When role, group and override disagree it is said who wins, so that every implementation decides alike.',
    },
    {
      name: 'set-based-or-materialised',
      depth: 'adequate',
      says: [
        /one (?:query|statement)|single (?:query|statement)|set[- ]based|join|bit ?(?:set|mask|map)|materiali[sz]|precomput|effective permissions|snapshot/i,
      ],
      means: 'The check is one statement or a prepared set, not a cascade.',
    },
    {
      name: 'arithmetic',
      depth: 'strong',
      says: [/\d[\d.,]*\s*(?:ms|µs|us)\b/i, /\d[\d.,]*\s*(?:bytes|B|KB|KiB|MB|bits|rows|statements|pages|requests)/i],
      means: 'The budget of 5 ms is spent item by item.',
    },
    {
      name: 'memory-size',
      depth: 'strong',
      says: [/50|fifty|64/, /bit|byte|KB|MB|KiB/i],
      means: 'Fifty permissions fit into eight bytes: the size of everything is computed before a cache is chosen.',
    },
    {
      name: 'invalidation-path',
      depth: 'adequate',
      says: [/version|epoch|notify|pub ?\/? ?sub|publish|invalidat|generation|outbox/i],
      means: 'How a change reaches what has a copy.',
    },
    {
      name: 'missed-invalidation',
      depth: 'strong',
      says: [
        /miss(?:ed|es)?|lost|fire[- ]and[- ]forget|disconnect|reconnect|at most once/i,
        /message|invalidation|notif|event|version|ttl|check|fall ?back/i,
      ],
      means: 'A message that is lost must not leave somebody in for ever.',
    },
    {
      name: 'fails-closed',
      depth: 'strong',
      says: [
        /fail(?:s)?[- ](?:closed|open)|deny by default|default deny|when (?:redis|the cache|the database) is (?:away|down|gone|unreachable)/i,
      ],
      means: 'What is decided when it cannot be known, and why that is acceptable.',
    },
    {
      name: 'explains-itself',
      depth: 'strong',
      says: [/audit|explain|why (?:was|is|can|may)|trace|who (?:changed|granted)|debug/i],
      means: 'Support can see why somebody may or may not.',
    },
    {
      name: 'roll-out',
      depth: 'strong',
      says: [
        /shadow|compare|dual|side by side|both|canary|flag|dark/i,
        /old|current|existing|decision|answer|mismatch|roll/i,
      ],
      means: 'The new decisions are compared with the old ones before they count.',
    },
  ],
  redFlags: [
    {
      name: 'token-with-permissions',
      says: /(?:put|store|embed|include)[^.]*permissions?[^.]*(?:jwt|token)(?![^.]*(?:revok|version|short|but|however))/i,
      means: 'Permissions in a token can’t be taken back before it expires, and nothing is said about that.',
    },
    {
      name: 'just-cache-it',
      says: /(?:just|simply)\s+(?:add|use|put)[^.]*(?:redis|cache)/i,
      means: 'A cache as the design. Ask what it holds, how large it is, and who forgets it.',
    },
  ],
  builtIn: 'permission-tax',
  dimensions: [
    {
      name: 'Questions first',
      anchors: {
        1: 'Starts with a technology.',
        3: 'Asks for scale and consistency.',
        5: 'Asks what changes the design, says what is assumed, and what would make it another one.',
      },
    },
    {
      name: 'Numbers',
      anchors: {
        1: '“Redis is fast.”',
        3: 'Estimates size and cost of a check.',
        5: 'The budget is spent item by item, with the worst tenant, and can be measured.',
      },
    },
    {
      name: 'Failure and change',
      anchors: {
        1: 'Happy path.',
        3: 'Revoking and an outage are thought through.',
        5: 'Lost messages, two replicas that differ, a change during a request, a way back.',
      },
    },
    {
      name: 'Operation',
      anchors: {
        1: 'Ends at the diagram.',
        3: 'Roll-out and monitoring.',
        5: 'Comparison with what is there, an answer for support, and what it costs in a year.',
      },
    },
  ],
});
