import { type ContextManager, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';

interface TraceContext {
  readonly manager: ContextManager;
  /** Tells the manager when requests and jobs that are traced begin and end. */
  readonly processor: SpanProcessor;
  /** Whether what runs now is part of a span that is being recorded. Costs next to nothing while nothing is traced. */
  isTraced(): boolean;
}

/**
 * Hands the context of a span on to the asynchronous work below it, as usual, but only while something is being traced: Node before version 24 pays for
 * an AsyncLocalStorage in use with every promise of the process, traced or not.
 */
export function createTraceContext(): TraceContext {
  const manager = new AsyncLocalStorageContextManager();
  const { active, with: enter, bind } = manager;
  let underWay = 0;

  // Replaced rather than called by a manager around it: functions that were bound during a trace are called long after it, too, and enter here.
  manager.active = () => (underWay === 0 ? ROOT_CONTEXT : active.call(manager));
  manager.with = (context, fn, thisArg, ...args) =>
    underWay === 0 ? fn.call(thisArg as never, ...args) : enter.call(manager, context, fn as never, thisArg, ...args);
  manager.bind = (context, target) =>
    underWay === 0 ? target : (bind.call(manager, context, target) as typeof target);

  const processor: SpanProcessor = {
    onStart(span) {
      if (beginsHere(span)) underWay += 1;
    },
    onEnd(span) {
      // A moment later: what else listens to the end of the request still belongs to it.
      if (beginsHere(span)) setImmediate(leave);
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  };

  function leave(): void {
    underWay -= 1;
    if (underWay === 0) manager.disable();
  }

  return {
    manager,
    processor,
    isTraced: () => underWay !== 0 && trace.getSpan(manager.active())?.isRecording() === true,
  };
}

function beginsHere({ parentSpanContext: parent }: Pick<ReadableSpan, 'parentSpanContext'>): boolean {
  return parent === undefined || parent.isRemote === true;
}
