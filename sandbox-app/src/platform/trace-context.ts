import { type Context, type ContextManager, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';

/**
 * Hands the context of a span on to the asynchronous work below it, as usual, but only while something is being traced: Node before version 24 pays for
 * an AsyncLocalStorage in use with every promise of the process, traced or not. The processor tells the manager when requests and jobs that are
 * traced begin and end.
 */
export function createTraceContext(): { readonly manager: ContextManager; readonly processor: SpanProcessor } {
  const inner = new AsyncLocalStorageContextManager();
  let underWay = 0;

  const manager: ContextManager = {
    active: () => (underWay === 0 ? ROOT_CONTEXT : inner.active()),
    with: (context, fn, thisArg, ...args) =>
      underWay === 0 ? fn.call(thisArg as never, ...args) : inner.with(context, fn, thisArg, ...args),
    bind: <T>(context: Context, target: T): T => (underWay === 0 ? target : inner.bind(context, target)),
    enable: () => manager,
    disable: () => manager,
  };

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
    if (underWay === 0) inner.disable();
  }

  return { manager, processor };
}

function beginsHere({ parentSpanContext: parent }: Pick<ReadableSpan, 'parentSpanContext'>): boolean {
  return parent === undefined || parent.isRemote === true;
}
