export interface ReadmeOf {
  readonly name: string;
  readonly title: string;
  readonly ratePerSecond: number;
  readonly operator: boolean;
}

/** What somebody needs to know who gets an exported folder and nothing else. */
export function exportReadme({ name, title, ratePerSecond, operator }: ReadmeOf): string {
  return `# ${title}: the traffic, for k6

    k6 run -e BASE_URL=http://127.0.0.1:3000 script.js

| Environment | Meaning |
|---|---|
| \`BASE_URL\` | where the app is; default http://127.0.0.1:3000 |
| \`RATE\` | arrivals per second at one level, in place of the recorded course (${ratePerSecond}/s) |
| \`DURATION\` | seconds of that level; default 60 |

Arrivals are an open model: they do not wait for answers. What finds no free virtual user is counted in \`dropped_iterations\`. The thresholds are the
objectives of the scenario; k6 exits with 99 when one is missed.

\`data.json\` holds the requests and the rows they draw from: ids and tokens of the seeded company. The app has to run on that company's database, for example
the one of \`gameday play\`, whose address \`gameday status\` shows. Rows that may be used only once are used up after one run.
${operator ? operatorSection(name) : ''}`;
}

function operatorSection(name: string): string {
  return `
## On several machines

    kubectl create configmap ${name} --from-file=script.js --from-file=data.json
    kubectl apply -f testrun.yaml

needs k6-operator in the cluster. Set \`BASE_URL\` and \`parallelism\` in testrun.yaml first; a folder that is too large for a ConfigMap says there what to do.
`;
}
