import type { EngineName, LoadEngine } from '../domain/load.ts';
import { embeddedEngine } from './embedded/embedded-engine.ts';

/** Every load engine. */
export const engines: Readonly<Record<EngineName, LoadEngine>> = { embedded: embeddedEngine };
