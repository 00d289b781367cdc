import { type Logger, pino } from 'pino';
import type { Config } from '../config.ts';
import { traceFields } from './traces.ts';

export type { Logger };

export function createLogger(config: Pick<Config, 'logLevel' | 'instance'>): Logger {
  return pino({
    level: config.logLevel,
    base: { instance: config.instance },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: traceFields,
    formatters: { level: (label) => ({ level: label }) },
  });
}
