import { SpanKind } from '@opentelemetry/api';
import {
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';

const DEFAULT_RATIO = 0.1;

/**
 * Records `OTEL_TRACES_SAMPLER_ARG` (0 to 1) of all requests and jobs, each as a whole, whichever processes it passes through. Nothing else
 * begins a trace: what libraries do in the background (polling a queue, renewing locks) is not looked for.
 */
export function samplerFrom(env: NodeJS.ProcessEnv): Sampler {
  const ratio = new TraceIdRatioBasedSampler(Number(env.OTEL_TRACES_SAMPLER_ARG ?? DEFAULT_RATIO));
  return new ParentBasedSampler({
    root: {
      shouldSample: (context, traceId, _name, kind) =>
        kind === SpanKind.SERVER || kind === SpanKind.CONSUMER
          ? ratio.shouldSample(context, traceId)
          : { decision: SamplingDecision.NOT_RECORD },
      toString: () => `RequestsAndJobs{${ratio}}`,
    },
  });
}
