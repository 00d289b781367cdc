import type { EngineName, LoadEngine } from '../domain/load.ts';
import { embeddedEngine } from './embedded/embedded-engine.ts';
import { k6Engine } from './k6/k6-engine.ts';

/** Every load engine. */
export const engines: Readonly<Record<EngineName, LoadEngine>> = { embedded: embeddedEngine, k6: k6Engine };
