import { describe, it } from 'vitest';
import { embeddedEngine } from '../../harness/engines/embedded/embedded-engine.ts';
import { k6Engine } from '../../harness/engines/k6/k6-engine.ts';
import { findK6 } from '../../harness/engines/k6/k6-program.ts';
import { loadEngineContract } from './load-engine.contract.ts';

const k6 = await findK6();

// Of a thousand a second, half find no free connection of the embedded engine.
loadEngineContract(embeddedEngine, { usual: 200, stalled: 1000 });
if ('missing' in k6) describe.skip(`load engine k6: ${k6.missing}`, () => it('is not tried'));
else loadEngineContract(k6Engine, { usual: 100, stalled: 200 });
