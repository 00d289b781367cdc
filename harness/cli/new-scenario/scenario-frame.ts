import { TO_BE_WRITTEN } from '../../run/assert-provable.ts';
import type { Answers } from './answers.ts';
import { scenarioSource } from './scenario-source.ts';

/**
 * The files of a new scenario by path. `scenario.ts` can be played as it is; what else is to be written says so, and the validation repeats it until it is
 * done.
 */
export function scenarioFrame(answers: Answers): Readonly<Record<string, string>> {
  const { id, title } = answers;
  return {
    'scenario.ts': scenarioSource(answers),
    'briefing.md': briefing(title),
    'hints/1.md': stub('Where to look: which tool, which page, which figure. Nothing about what it will show.'),
    'hints/2.md': stub('What to look at there: which statement, process or key.'),
    'hints/3.md': stub('What to look for: the mechanism, without the repair.'),
    'rubric.ts': rubric,
    'solution/why.md': why,
    'solution/README.md': solutionReadme(id),
    'decoys/README.md': decoysReadme,
  };
}

const stub = (what: string) => `${TO_BE_WRITTEN} ${what}\n`;

const briefing = (title: string) => `# ${title}

**SEV 2** · opened Monday 09:04

${stub('One alert with a figure and a time, as a pager says it. Symptoms only, in all of this file.')}
## What people say

${stub('Two or three sentences each of a customer, of somebody in the company, and of a colleague with a tempting idea.')}
## What the dashboards show

${stub('What is high, and what is not.')}
## Your goal

${stub('What must be true in the end, in the words of the objectives, with their bounds.')}
## What you may change

Everything in the workspace: source, migrations, settings in the code. Two API instances and one worker run the code.
`;

const rubric = `import { defineRubric } from '../../harness/authoring.ts';

export default defineRubric({
  // What a diagnosis at the level of the mechanism states, with figures.
  facts: [],
  dimensions: [
    {
      name: 'Diagnosis',
      anchors: {
        1: 'Names a symptom.',
        3: 'Names the component, without figures.',
        5: 'Names the mechanism, with figures that show it.',
      },
    },
    // Further ones: repair, proof, consequences.
  ],
});
`;

const why = `# Why it happens, and why this repair holds

## Mechanism

${stub('What does how much work per request, or in which order, and why.')}
## The repair

${stub('What it changes, and why that holds.')}
## Before and after

${stub('Figures of both, as `gameday prove --keep` measured them.')}
## Other right answers

${stub('Each file of accepted/, and in what it differs.')}
## Rejected

${stub('A table of ideas and why not: the decoys, and what reviewers will ask about.')}`;

const solutionReadme = (id: string) => `# How to make fix.patch

Repair sandbox-app, write the difference with paths relative to it, and put the repair aside:

    cd sandbox-app
    git add --intent-to-add .
    git diff --relative > ../scenarios/${id}/solution/fix.patch
    git reset --quiet . && git stash push --quiet --include-untracked .

Other fixes that are just as good go into accepted/<name>.patch, at least two that really differ.

${stub('fix.patch and accepted/. Then remove this file.')}`;

const decoysReadme = `# How to make a decoy

A plausible wrong fix as <name>.patch, made like solution/fix.patch: a bigger pool, a longer timeout, a cache that never expires, an emptied endpoint.
Above the first line of the difference write what it does, why it is tempting, and the check that must catch it:

    Everything is kept in memory for an hour.

    Tempting: fast at once. Nobody sees what has changed since.

    Caught-by: same-responses

${stub('at least three decoys. Then remove this file.')}`;
