/** The files of a new scenario by path. What is left empty fails validation, with the name of the field; the comments say what belongs there. */
export function scenarioFrame(id: string): Readonly<Record<string, string>> {
  return {
    'scenario.ts': scenario,
    'briefing.md': briefing,
    'hints/1.md': 'Where to look: which tool, which page, which figure. Nothing about what it will show.\n',
    'hints/2.md': 'What to look at there: which statement, process or key.\n',
    'hints/3.md': 'What to look for: the mechanism, without the repair.\n',
    'rubric.ts': rubric,
    'solution/why.md': why,
    'solution/README.md': solutionReadme(id),
    'decoys/README.md': decoysReadme,
  };
}

const scenario = `import { defineScenario, errorRateUnder, p95Under, sameResponses, trafficPeak } from '../../harness/authoring.ts';

export default defineScenario({
  // What customers would call it.
  title: '',
  // One line for the list: the symptom, never the cause.
  summary: '',
  level: 'mid',
  minutes: 45,
  // What somebody practises here, for example 'reading query plans'.
  skills: [],
  size: 'default',
  // At least one; the same flaw in another place each. What you put here is handed to plan().
  variants: { first: {} },
  plan: () => ({
    workload: {
      rate: { perSecond: 20 },
      // Rows to draw from, by name: { users: { sql: 'SELECT id FROM users ORDER BY id LIMIT 1000', draw: 'zipf' } }
      pools: {},
      // What customers do: { name: 'read a user', method: 'GET', path: '/users/{users.id}', weight: 1 }
      requests: [],
    },
    seconds: { steady: 5, incident: 15 },
    // What goes wrong, and how many seconds after the incident began.
    timeline: [{ at: 0, fault: trafficPeak({ times: 3 }) }],
    // Holds before the incident, also in the app as it is handed out.
    steadyState: [errorRateUnder({ share: 0.01 })],
    // What a repair has to achieve: outcomes, never a particular fix.
    objectives: [p95Under({ ms: 500 }), errorRateUnder({ share: 0.01 }), sameResponses()],
  }),
});
`;

const briefing = `# What the pager says

One alert, with a figure and a time. Never the cause.

# What the customer says

Two sentences in a customer's own words.

# What you are asked for

What must be true when you are done, in the words of the objectives.
`;

const rubric = `import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  // What a diagnosis at the level of the mechanism states, with figures.
  facts: [],
  dimensions: [
    {
      name: 'diagnosis',
      anchors: { 1: 'names a symptom', 3: 'names the component, without figures', 5: 'names the mechanism, with figures that show it' },
    },
  ],
});
`;

const why = `# Mechanism

What does how much work per request, and why. With figures before and after.

# Alternatives rejected

Each with the reason.
`;

function solutionReadme(id: string): string {
  return `# How to make fix.patch

Copy sandbox-app, repair the copy, and write the difference with paths relative to the app:

    git diff > scenarios/${id}/solution/fix.patch

Other fixes that are just as good go into accepted/<name>.patch. Remove this file when you are done.
`;
}

const decoysReadme = `# How to make a decoy

A plausible wrong fix as <name>.patch: a bigger pool, a longer timeout, a cache that never expires, an emptied endpoint.
Above the first line of the difference write why it is tempting, and the check that must catch it:

    Caught-by: same-responses

Remove this file when you are done.
`;
