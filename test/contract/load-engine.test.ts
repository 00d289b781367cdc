import { describe, it } from 'vitest';
import { embeddedEngine } from '../../harness/engines/embedded/embedded-engine.ts';
import { k6Engine } from '../../harness/engines/k6/k6-engine.ts';
import { noK6 } from '../support/k6.ts';
import { loadEngineContract } from './load-engine.contract.ts';

// Of a thousand a second, half find no free connection of the embedded engine.
loadEngineContract(embeddedEngine, { usual: 200, stalled: 1000 });
if (noK6 === undefined) loadEngineContract(k6Engine, { usual: 100, stalled: 200 });
else describe.skip(`load engine k6: ${noK6}`, () => it('is not tried'));
