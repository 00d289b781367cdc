import { isWrapped } from '@opentelemetry/instrumentation';

/**
 * Chooses at each call of an instrumented method whether it is the instrumented one that is called, `wanted` deciding from the arguments, or the method as it was:
 * what is not traced does not pay for what is. Throws when the method is not instrumented.
 */
export function traceWhere<Args extends unknown[]>(
  owner: object,
  method: string,
  wanted: (...args: Args) => boolean,
): void {
  const methods = owner as Record<string, unknown>;
  const traced = methods[method];
  if (!isWrapped(traced)) throw new Error(`${method} is not instrumented`);
  const plain = traced.__original;
  const choose = function (this: unknown, ...args: Args): unknown {
    return (wanted(...args) ? traced : plain).apply(this, args);
  };
  // Express tells handlers of errors by it.
  Object.defineProperty(choose, 'length', { value: plain.length });
  methods[method] = choose;
}
