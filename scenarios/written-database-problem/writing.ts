import { defineWriting } from '../../harness/authoring.ts';

export default defineWriting({
  kind: 'written',
  title: 'A database problem that you resolved',
  summary: 'One database performance problem in production, from what users saw to the figures after the change.',
  level: 'mid',
  minutes: 40,
  skills: ['reading query plans', 'observability', 'explaining mechanisms'],
  sections: [
    { title: 'Symptom', asks: 'What did users see, what did the monitoring show, since when, for whom?' },
    { title: 'Diagnosis', asks: 'Which tools did you use in which order, what did each rule out?' },
    { title: 'Root cause', asks: 'What did the database do, step by step, that it should not have?' },
    { title: 'Change', asks: 'What did you change, how did you bring it live, what did you not do, and why?' },
    { title: 'Before and after', asks: 'Figures, from the same source, under comparable load.' },
  ],
  points: [
    {
      name: 'symptom-with-figures',
      depth: 'adequate',
      says: [
        /\b(?:p9\d|p50|p99|latency|timeouts?|seconds|minutes)\b/i,
        /\d+(?:[.,]\d+)?\s*(?:ms|s|seconds|minutes|%)/i,
      ],
      means: 'The symptom is what users and monitoring showed, in figures.',
    },
    {
      name: 'execution-plan',
      depth: 'adequate',
      says: [/explain|execution plan|query plan|slow[- ]query log|pg_stat_statements|auto_explain/i],
      means: 'The query was looked at as the database runs it, not as the code reads.',
    },
    {
      name: 'plan-node',
      depth: 'adequate',
      says: [
        /seq(?:uential)? scan|full (?:table )?scan|nested loop|hash join|bitmap|index scan|sort(?:ed|ing)? (?:on disk|spill|node)|external merge|n\s?\+\s?1|lock(?:s|ed|ing)? (?:wait|queue)|dead tuples/i,
      ],
      means: 'The root cause names what the database did: a node of the plan, a lock, a number of round trips.',
    },
    {
      name: 'why-this-plan',
      depth: 'strong',
      says: [
        /planner|optimi[sz]er|statistics|estimate|selectivity|distribution|cardinality|correlat/i,
        /because|since|so that|which is why|therefore/i,
      ],
      means: 'Why the planner chose that at this data distribution, not only that it did.',
    },
    {
      name: 'work-counted',
      depth: 'strong',
      says: [
        /buffers|pages|blocks|rows (?:read|removed|scanned|examined)|round trips|statements per request|shared (?:hit|read)/i,
        /\d/,
      ],
      means: 'Work is counted (pages, rows, statements), which does not depend on the day.',
    },
    {
      name: 'before-and-after',
      depth: 'adequate',
      says: [
        /before|from|was/i,
        /after|now|to/i,
        /\d[\d.,]*\s*(?:ms|s\b|seconds|%|pages|buffers|rows|statements|queries)[\s\S]*\d[\d.,]*\s*(?:ms|s\b|seconds|%|pages|buffers|rows|statements|queries)/i,
      ],
      means: 'Figures before and after, in the same unit.',
    },
    {
      name: 'alternatives-rejected',
      depth: 'strong',
      says: [
        /rejected|instead|considered|rather than|did not|decided against|ruled out/i,
        /because|would have|cost|only (?:hides|moves|delays)/i,
      ],
      means: 'What else would have helped, and why it is worse.',
    },
    {
      name: 'safe-roll-out',
      depth: 'strong',
      says: [
        /concurrently|lock_timeout|without (?:a )?lock|roll(?:ed)?[- ]?out|replica first|feature flag|canary|off[- ]peak/i,
      ],
      means: 'How the change reached a live system without hurting it.',
    },
  ],
  redFlags: [
    {
      name: 'slow-query-fast-query',
      says: /(?:made|got) (?:it|the query|queries|things) (?:much |a lot )?faster|optimi[sz]ed the (?:query|queries|database)\b(?![^.]*\d)/i,
      means: 'Says that it got faster, and not what stopped happening.',
    },
    {
      name: 'hardware-first',
      says: /(?:upgraded|scaled up|doubled) (?:the )?(?:instance|server|machine|(?:connection )?pool|database)\b/i,
      means: 'Answers with more machine. Worth asking what it bought, and for how long.',
    },
  ],
  dimensions: [
    {
      name: 'Mechanism',
      anchors: {
        1: '“The query was slow, an index made it fast.”',
        3: 'Names plan node, relation and rows, and why the change alters the plan.',
        5: 'Also why the planner chose it at this distribution, and at what size it would come back.',
      },
    },
    {
      name: 'Method',
      anchors: {
        1: 'Tried changes until it got better.',
        3: 'Went from symptom to statement to plan with tools that fit.',
        5: 'Each step rules something out; somebody else could repeat it.',
      },
    },
    {
      name: 'Judgement',
      anchors: {
        1: 'Describes what was built.',
        3: 'Names one alternative and why it was rejected.',
        5: 'Weighs what the change costs (writes, space, locks) and how it would have been noticed earlier.',
      },
    },
    {
      name: 'Writing',
      anchors: {
        1: 'Has to be asked what happened.',
        3: 'Can be followed by an engineer who was not there.',
        5: 'Short, ordered, with every figure in its place.',
      },
    },
  ],
});
