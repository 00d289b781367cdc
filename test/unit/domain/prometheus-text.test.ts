import { expect, test } from 'vitest';
import { type MetricSample, parseMetrics, renderMetrics } from '../../../harness/domain/prometheus-text.ts';

test('reads names, labels and values, and skips everything else', () => {
  const text = `# HELP http_requests_total Requests
# TYPE http_requests_total counter
http_requests_total{method="GET",route="/v1/users/:id"} 17 1700000000000

process_cpu_seconds_total 2.5e-1
wait_bucket{le="+Inf"} +Inf
lag NaN
this is not a sample
`;
  expect(parseMetrics(text)).toEqual([
    { name: 'http_requests_total', labels: { method: 'GET', route: '/v1/users/:id' }, value: 17 },
    { name: 'process_cpu_seconds_total', labels: {}, value: 0.25 },
    { name: 'wait_bucket', labels: { le: '+Inf' }, value: Number.POSITIVE_INFINITY },
    { name: 'lag', labels: {}, value: Number.NaN },
  ]);
});

test('label values may contain braces, commas, quotes, backslashes and line breaks', () => {
  const [sample] = parseMetrics('a{x="{b,c}",y="say \\"hi\\"\\\\\\n"} 1');
  expect(sample!.labels).toEqual({ x: '{b,c}', y: 'say "hi"\\\n' });
});

test('what is rendered is read back as it was; a family without samples is not mentioned', () => {
  const samples: readonly MetricSample[] = [
    { name: 'a_total', labels: {}, value: 0.1 + 0.2 },
    { name: 'a_total', labels: { x: '{b,c}', y: 'say "hi"\\\n' }, value: 1e21 },
    { name: 'a_total', labels: { le: '+Inf' }, value: Number.POSITIVE_INFINITY },
    { name: 'a_total', labels: { le: '-Inf' }, value: Number.NEGATIVE_INFINITY },
  ];
  const text = renderMetrics([
    { name: 'a_total', type: 'counter', help: 'All of a', samples },
    { name: 'nothing', type: 'gauge', help: 'Unknown', samples: [] },
  ]);
  expect(text).toMatch(/^# HELP a_total All of a\n# TYPE a_total counter\na_total /);
  expect(text).not.toMatch(/nothing/);
  expect(parseMetrics(text)).toEqual(samples);
});
