import type { IndexEntry } from './index-entry.ts';

/** Commands that need solutions or are for those who write scenarios; a take-home has none of them. */
export const authorsCommands: Readonly<Record<string, IndexEntry>> = {
  demo: {
    group: 'Play',
    summary: 'watch a scenario break and get repaired, hands off',
    load: async () => (await import('./commands/demo.ts')).demo,
  },
  prove: {
    group: 'Author and prove',
    summary: 'prove scenarios: flawed fails, fixes pass, decoys are caught',
    load: async () => (await import('./commands/prove.ts')).prove,
  },
  curve: {
    group: 'Author and prove',
    summary: 'show how the figures of a scenario grow with the data',
    load: async () => (await import('./commands/curve.ts')).curve,
  },
  new: {
    group: 'Author and prove',
    summary: 'write the frame of a new scenario',
    load: async () => (await import('./commands/new.ts')).newCommand,
  },
  export: {
    group: 'Author and prove',
    summary: "write a scenario's traffic for k6, on one machine or many",
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  pack: {
    group: 'Hire',
    summary: 'write a take-home archive for a candidate',
    load: async () => (await import('./commands/pack.ts')).pack,
  },
  grade: {
    group: 'Hire',
    summary: 'grade submissions: played beside flawed and reference, diagnosis checked',
    load: async () => (await import('./commands/grade.ts')).grade,
  },
  grader: {
    group: 'Hire',
    summary: 'grade what others put on a queue, one at a time',
    load: async () => (await import('./commands/grader.ts')).grader,
  },
  'review-card': {
    group: 'Hire',
    summary: 'score the human part of a grade, each reviewer alone',
    load: async () => (await import('./commands/review-card.ts')).reviewCard,
  },
  compare: {
    group: 'Hire',
    summary: 'lay the evidence about candidates side by side',
    load: async () => (await import('./commands/compare.ts')).compare,
  },
  review: {
    group: 'Hire',
    summary: 'hand out a pull request to review, and grade what comes back',
    load: async () => (await import('./commands/review.ts')).review,
  },
  exercise: {
    group: 'Hire',
    summary: 'hand out an exercise in writing, and see which points an answer makes',
    load: async () => (await import('./commands/exercise.ts')).exercise,
  },
};
