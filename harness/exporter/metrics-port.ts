import { usageError } from '../domain/errors.ts';

const variable = 'GAMEDAY_METRICS_PORT';
/** Those below are for programs of the system. */
const lowest = 1_024;
const highest = 65_535;

/** The port that `$GAMEDAY_METRICS_PORT` asks for, undefined where any free one will do. Throws `METRICS_PORT_INVALID`. */
export function metricsPort(): number | undefined {
  const asked = process.env[variable];
  if (!asked) return undefined;
  const port = Number(asked);
  if (/^\d+$/.test(asked) && port >= lowest && port <= highest) return port;
  throw usageError(
    'METRICS_PORT_INVALID',
    `${variable} is ${JSON.stringify(asked)}, which is no port for metrics.`,
    `a number from ${lowest} to ${highest}; without the variable, a free port is taken`,
  );
}
