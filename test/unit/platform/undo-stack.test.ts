import { describe, expect, it } from 'vitest';
import { createUndoStack } from '../../../harness/platform/undo-stack.ts';

describe('the undo stack', () => {
  it('undoes in reverse order, each once, and goes on after a failure', async () => {
    const stack = createUndoStack();
    const undone: string[] = [];
    stack.push('first', () => {
      undone.push('first');
    });
    stack.push('broken', () => {
      throw new Error('stuck');
    });
    stack.push('last', async () => {
      undone.push('last');
    });
    const failed = await stack.unwind();
    expect(undone).toEqual(['last', 'first']);
    expect(failed).toMatchObject([{ name: 'broken', error: { message: 'stuck' } }]);
    expect(await stack.unwind()).toEqual([]);
    expect(undone).toEqual(['last', 'first']);
  });

  it('gives a second caller the result of the unwinding under way', async () => {
    const stack = createUndoStack();
    let times = 0;
    stack.push('slow', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      times += 1;
    });
    await Promise.all([stack.unwind(), stack.unwind()]);
    expect(times).toBe(1);
  });

  it('does not let one that hangs keep the others from running', async () => {
    const stack = createUndoStack(20);
    let reached = false;
    stack.push('below', () => {
      reached = true;
    });
    stack.push('hanging', () => new Promise(() => {}));
    expect(await stack.unwind()).toMatchObject([{ name: 'hanging', error: { code: 'UNDO_TIMED_OUT' } }]);
    expect(reached).toBe(true);
  });

  it('also undoes what is pushed while unwinding', async () => {
    const stack = createUndoStack();
    const undone: string[] = [];
    stack.push('outer', () => stack.push('inner', () => void undone.push('inner')));
    await stack.unwind();
    expect(undone).toEqual(['inner']);
  });
});
