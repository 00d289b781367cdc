import type { CompanySize } from '../../domain/company.ts';
import type { EngineName } from '../../domain/load.ts';
import type { Scenario } from '../../domain/scenario.ts';
import type { ServiceSource } from '../../domain/service.ts';
import { interruption } from '../../platform/signals.ts';
import { plainText } from '../../reports/plain-text.ts';
import { type RunningGameDay, startGameDay } from '../../run/game-day.ts';
import { readBriefing } from '../../run/scenario-files.ts';
import { createBootProgress } from '../terminal/boot-progress.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface BootWishes {
  readonly variant?: string;
  readonly size?: CompanySize;
  readonly services?: ServiceSource;
  /** Requests per second. */
  readonly rate?: number;
  readonly engine?: EngineName;
  readonly minutes?: number;
  readonly seed?: number;
  /** Metrics name the faults in force. */
  readonly facilitator?: boolean;
}

/** Starts a game day in sight of the user: what is being prepared, then the briefing. */
export async function bootGameDay(
  scenario: Scenario,
  wishes: BootWishes,
  terminal: Terminal,
): Promise<{ readonly gameDay: RunningGameDay; readonly signal: AbortSignal }> {
  const signal = interruption();
  const { rate, ...rest } = wishes;
  const progress = createBootProgress(terminal);
  terminal.err(`${terminal.errPaint('bold', scenario.definition.title)}\n`);
  let gameDay: RunningGameDay;
  try {
    gameDay = await startGameDay({
      scenario,
      ...rest,
      ...(rate !== undefined && { ratePerSecond: rate }),
      signal,
      onStep: progress.step,
    });
    progress.end('✔');
  } catch (error) {
    progress.end('✘');
    throw signal.aborted ? signal.reason : error;
  }
  terminal.err(`\n${plainText(await readBriefing(scenario)).trim()}\n`);
  return { gameDay, signal };
}
