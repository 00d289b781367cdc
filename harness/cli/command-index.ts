import { authorsCommands } from './authors-commands.ts';
import type { IndexEntry } from './index-entry.ts';

/** Every command with its one-line summary. A command's file is loaded only when the command is asked for. */
export const commandIndex: Readonly<Record<string, IndexEntry>> = {
  list: { group: 'Play', summary: 'list the scenarios', load: async () => (await import('./commands/list.ts')).list },
  play: {
    group: 'Play',
    summary: 'run a scenario: boot, load, incident, your repair',
    load: async () => (await import('./commands/play.ts')).play,
  },
  status: {
    group: 'While a game day runs',
    summary: 'what the running game day looks like now',
    load: async () => (await import('./commands/status.ts')).status,
  },
  brief: {
    group: 'While a game day runs',
    summary: 'read the briefing again, and what customers request',
    load: async () => (await import('./commands/brief.ts')).brief,
  },
  deploy: {
    group: 'While a game day runs',
    summary: 'build the workspace and roll it out under load',
    load: async () => (await import('./commands/deploy.ts')).deploy,
  },
  logs: {
    group: 'While a game day runs',
    summary: 'read or follow the logs of the processes',
    load: async () => (await import('./commands/logs.ts')).logs,
  },
  traces: {
    group: 'While a game day runs',
    summary: 'list traced requests, newest or slowest first',
    load: async () => (await import('./commands/traces.ts')).traces,
  },
  trace: {
    group: 'While a game day runs',
    summary: 'draw one request through every process',
    load: async () => (await import('./commands/trace.ts')).trace,
  },
  plans: {
    group: 'While a game day runs',
    summary: 'plans of the slowest statements, as the server ran them',
    load: async () => (await import('./commands/plans.ts')).plans,
  },
  sql: {
    group: 'While a game day runs',
    summary: 'run one read-only SQL statement',
    load: async () => (await import('./commands/sql.ts')).sql,
  },
  explain: {
    group: 'While a game day runs',
    summary: 'EXPLAIN (ANALYZE, BUFFERS) one query',
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  note: {
    group: 'While a game day runs',
    summary: 'write a note into the journal',
    load: async () => (await import('./commands/note.ts')).note,
  },
  hint: {
    group: 'While a game day runs',
    summary: 'reveal the next hint; costs points',
    load: async () => (await import('./commands/hint.ts')).hint,
  },
  submit: {
    group: 'While a game day runs',
    summary: 'have the workspace judged; ends the game day',
    load: async () => (await import('./commands/submit.ts')).submit,
  },
  end: {
    group: 'While a game day runs',
    summary: 'end without submitting',
    alias: 'stop',
    load: async () => (await import('./commands/end.ts')).end,
  },
  report: {
    group: 'Afterwards',
    summary: 'print the report of a run as Markdown',
    load: async () => (await import('./commands/report.ts')).report,
  },
  diagnose: {
    group: 'Afterwards',
    summary: 'write the diagnosis, held against what the run recorded',
    load: async () => (await import('./commands/diagnose.ts')).diagnose,
  },
  clean: {
    group: 'Afterwards',
    summary: 'remove finished runs and cached databases',
    load: async () => (await import('./commands/clean.ts')).clean,
  },
  ...authorsCommands,
  doctor: {
    group: 'Also',
    summary: 'check whether this machine can play',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
};
