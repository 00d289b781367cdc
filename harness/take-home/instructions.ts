import { type HandOut, handOutsFolder } from '../domain/hand-out.ts';
import type { Scenario } from '../domain/scenario.ts';
import type { TakeHome } from '../domain/take-home.ts';

/** The README of a take-home: how to begin, what to do, what to send back. Markdown. */
export function instructions(
  { candidate, hours, canary }: TakeHome,
  scenarios: readonly Scenario[],
  handOuts: readonly HandOut[],
): string {
  const many = scenarios.length > 1;
  return `# A game day for ${candidate}

You are on call for Tradepost, where companies order from their suppliers. ${many ? `There are ${scenarios.length} incidents, each a run of its own` : 'There is one incident'}; take about ${time(hours)} in all. What counts is
that you find the mechanism behind what customers see, that your repair holds, and how you explain it. There are no trick questions, and every repair that holds is right.

## Begin

Node 20.19 or newer and git; PostgreSQL comes with \`npm ci\`, Redis is taken from your PATH (on Debian and Ubuntu as root it is installed when missing; on a Mac: \`brew install redis\`).

\`\`\`console
npm ci && npm start
\`\`\`

Or with Docker instead of Node: \`docker compose up harness\`, then \`docker compose exec harness gameday …\` for every command below. Or open this folder in a dev container.

${many ? `${scenarios.map(({ id, definition }) => `- \`npm start -- ${id}\`: ${definition.title}. ${definition.summary}`).join('\n')}\n` : `**${scenarios[0]!.definition.title}.** ${scenarios[0]!.definition.summary}\n`}
\`npm start\` shows the briefing, hands you a workspace (a git repository with the API's source) and lets the incident happen under load. In a second terminal:

| Command | What it does |
|---|---|
| \`npx gameday status\` \`brief\` \`logs --follow\` | how it stands, the briefing and who requests what, what the processes say |
| \`npx gameday sql "…"\` \`explain "…"\` \`plans\` | ask the database, see how a statement really runs |
| \`npx gameday traces\` \`trace <id>\` | requests through every process |
| \`npx gameday deploy\` | roll your workspace out under load, as in production |
| \`npx gameday note "…"\` \`hint\` | notes go into your timeline; three hints are there and are counted |
| \`npx gameday diagnose\` | your diagnosis, in your editor; \`--evidence\` lists what it can cite, and what it cites is held against what the run recorded |
| \`npx gameday submit\` | plays the incident again on your code with a fresh database, judges it, and writes \`submission.tgz\` |

Change source and migrations of the workspace only: nothing else of it is read. You may begin again as often as you like; send what you want to be judged by.

${toBeWritten(handOuts)}## Send back

\`submission.tgz\` of ${many ? 'each run' : 'your last run'}; \`npx gameday submit\` says where it is. It holds the difference of your workspace, your diagnosis, ${handOuts.length > 0 ? 'your answers, ' : ''}your notes, the timeline of the run and what was measured,
without paths of your machine, passwords and tokens. Look into it before you send it: \`tar tzf submission.tgz\`.

Questions about the exercise are welcome; this is not a test of guessing what we meant.

<!-- ${canary}: please do not publish this exercise. -->
`;
}

/** What is there besides, each with the time that it takes by itself. */
function toBeWritten(handOuts: readonly HandOut[]): string {
  if (handOuts.length === 0) return '';
  const lines = handOuts.map(({ id, title, minutes, answers }) => {
    const where = answers.map((name) => `\`${name}\``).join(' or ');
    return `- \`${handOutsFolder}/${id}/\`: ${title}. About ${minutes} minutes of it; answer in ${where}.`;
  });
  return `## Besides

What you are asked is in the README of each folder.

${lines.join('\n')}

\`npx gameday submit\` takes your answers along as they are then. Whoever goes on writing types it again, also after the game day.

`;
}

const time = (hours: number) => (hours === 1 ? 'an hour' : `${hours} hours`);
