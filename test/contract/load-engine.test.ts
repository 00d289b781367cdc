import { embeddedEngine } from '../../harness/engines/embedded/embedded-engine.ts';
import { loadEngineContract } from './load-engine.contract.ts';

for (const engine of [embeddedEngine]) loadEngineContract(engine);
