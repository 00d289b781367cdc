import { createInterface } from 'node:readline/promises';
import { usageError } from '../../domain/errors.ts';
import type { Scenario } from '../../domain/scenario.ts';
import { interruption } from '../../platform/signals.ts';
import { discoverScenarios } from '../../run/catalogue.ts';
import { findScenario } from '../find-scenario.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** The scenario with this id; without an id the user is asked. Throws `SCENARIO_MISSING` where questions may not be asked. */
export async function chooseScenario(id: string | undefined, terminal: Terminal): Promise<Scenario> {
  if (id !== undefined) return findScenario(id);
  const scenarios = await discoverScenarios();
  if (!terminal.interactive || scenarios.length === 0) {
    throw usageError(
      'SCENARIO_MISSING',
      'Which scenario?',
      `gameday play <scenario>; known: ${scenarios.map((scenario) => scenario.id).join(', ')}`,
    );
  }
  scenarios.forEach((scenario, index) => {
    terminal.err(
      `${String(index + 1).padStart(3)}  ${scenario.id.padEnd(28)}  ${scenario.definition.level}, ${scenario.definition.minutes} min: ${scenario.definition.summary}`,
    );
  });
  const { stdin, stderr } = terminal.streams;
  const prompt = createInterface({ input: stdin, output: stderr });
  try {
    for (;;) {
      const answer = (await prompt.question('\nWhich one? (number or name) ', { signal: interruption() })).trim();
      const chosen = scenarios.find((scenario, index) => scenario.id === answer || String(index + 1) === answer);
      if (chosen !== undefined) return chosen;
      terminal.err(`There is no "${answer}".`);
    }
  } finally {
    prompt.close();
  }
}
