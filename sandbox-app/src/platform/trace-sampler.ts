import type { IncomingMessage } from 'node:http';
import { SpanKind, TraceFlags } from '@opentelemetry/api';
import { ParentBasedSampler, type Sampler, SamplingDecision } from '@opentelemetry/sdk-trace-base';

const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-([\da-f]{2})/;

/**
 * Decides at the door which requests are traced: those whose caller traces them, and of those without a tracing caller this share (0 to 1). A request
 * that is turned down here has no span at all, so that its statements cost nothing, either.
 */
export function sampleRequests(share: number): (request: Pick<IncomingMessage, 'headers'>) => boolean {
  return ({ headers }) => {
    const [, flags] = TRACEPARENT.exec(String(headers.traceparent)) ?? [];
    return flags === undefined ? Math.random() < share : (Number.parseInt(flags, 16) & TraceFlags.SAMPLED) !== 0;
  };
}

/** Only requests begin a trace: not what libraries do in the background, polling a queue or renewing locks. All else belongs to the trace of its parent, or to none. */
export const onlyRequestsBegin: Sampler = new ParentBasedSampler({
  root: {
    shouldSample: (_context, _traceId, _name, kind) => ({
      decision: kind === SpanKind.SERVER ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD,
    }),
    toString: () => 'OnlyRequestsBegin',
  },
});
