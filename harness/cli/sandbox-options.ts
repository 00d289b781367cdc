import { companySizes } from '../domain/company.ts';
import { engineNames } from '../domain/load.ts';
import { serviceSources } from '../domain/service.ts';
import { oneOf } from './parse-options.ts';

/** Options of every command that boots a sandbox. A command needs an object of its own. */

export const sizeOption = () => oneOf('--size <size>', 'rows in the database', companySizes);
export const engineOption = () => oneOf('--engine <name>', 'what sends the requests', engineNames);
export const servicesOption = () =>
  oneOf('--services <source>', 'where PostgreSQL and Redis come from', serviceSources);
