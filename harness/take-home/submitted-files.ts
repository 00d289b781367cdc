/** The name of what a candidate sends back, in the directory of the run; and the one folder in it. */
export const submissionFile = 'submission.tgz';
export const submissionFolder = 'submission';

/** The candidate's changes within it. */
export const changesFile = 'workspace.patch';

/** The plans of slow statements that the server logged while the run went on, as JSON. */
export const plansFile = 'plans.json';

/** The name that an answer has in the submission: of the exercise and of the file it was written in. */
export const answerFile = (handOut: string, name: string): string => `${handOut}.${name}`;

/** What of a run's directory is sent along, where it is there. */
export const sentAlong = ['diagnosis.md', 'events.jsonl', 'evidence-hold.json', 'traces.jsonl'] as const;
