import { messageOf } from '../../domain/errors.ts';
import type { GameDay } from '../../domain/game-day.ts';
import { formatCost } from '../../reports/format.ts';
import { describeDeploy } from './describe-deploy.ts';

/** What the keys of the live view do; one action at a time, and ending ones ask first. */
export interface KeyActions {
  press(key: string): void;
  /** What to show instead of the keys, while there is something to say. */
  message(): string | undefined;
}

const confirmWithinMs = 5_000;

/** `say` puts text above the live view, to stay. */
export function createKeyActions(
  gameDay: Pick<GameDay, 'deploy' | 'hint' | 'submit' | 'end'>,
  say: (text: string) => void,
  now: () => number = Date.now,
): KeyActions {
  let busy: string | undefined;
  let asked: { readonly key: string; readonly question: string; readonly at: number } | undefined;

  async function act(doing: string, action: () => Promise<string | undefined>): Promise<void> {
    busy = doing;
    try {
      const answer = await action();
      if (answer !== undefined) say(answer);
    } catch (error) {
      say(`${doing}: ${messageOf(error)}`);
    } finally {
      busy = undefined;
    }
  }

  /** Whether this press is the second one in time; else it becomes the first. */
  function confirmed(key: string, question: string): boolean {
    const again = asked?.key === key && now() - asked.at <= confirmWithinMs;
    asked = again ? undefined : { key, question, at: now() };
    return again;
  }

  return {
    press(key) {
      if (busy !== undefined) return;
      if (key === 'd') void act('deploying…', async () => describeDeploy(await gameDay.deploy()));
      else if (key === 'h') {
        void act('fetching the next hint…', async () => {
          const { number, cost, text } = await gameDay.hint();
          return `Hint ${number}${formatCost(cost)}\n${text.trim()}`;
        });
      } else if (key === 's') {
        if (
          !confirmed('s', 'press s again to submit: the incident is played again on your code, and the game day ends')
        )
          return;
        void act('submitted: being judged…', async () => void (await gameDay.submit()));
      } else if (key === 'q') {
        if (!confirmed('q', 'press q again to end without submitting')) return;
        void act('ending…', () => gameDay.end('ended by the participant').then(() => undefined));
      } else asked = undefined;
    },
    message() {
      if (busy !== undefined) return busy;
      return asked !== undefined && now() - asked.at <= confirmWithinMs ? asked.question : undefined;
    },
  };
}
