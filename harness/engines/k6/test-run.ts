/** What Kubernetes keeps in one ConfigMap, with room for names. */
const CONFIG_MAP_BYTES = 1_000_000;
const PARALLELISM = 4;

/** Whether a folder of this size fits in a ConfigMap. */
const fits = (bytes: number) => bytes <= CONFIG_MAP_BYTES;

/**
 * The TestRun resource of k6-operator (https://github.com/grafana/k6-operator): several machines that share one arrival rate. Each plays its part of
 * the numbers, so that together they send what one would.
 *
 * @param name of the test; also of the ConfigMap or the volume that holds the folder
 * @param bytes size of script and data
 */
export function testRun(name: string, bytes: number): string {
  const [create, script] = fits(bytes)
    ? [
        `kubectl create configmap ${name} --from-file=script.js --from-file=data.json`,
        `configMap:\n      name: ${name}\n      file: script.js`,
      ]
    : [
        `too large for a ConfigMap: copy script.js and data.json to /test of a volume that is claimed as ${name}`,
        `volumeClaim:\n      name: ${name}\n      file: script.js`,
      ];
  return `# First: ${create}
apiVersion: k6.io/v1alpha1
kind: TestRun
metadata:
  name: ${name}
spec:
  parallelism: ${PARALLELISM}
  script:
    ${script}
  runner:
    env:
      - name: BASE_URL
        value: http://tradepost.default.svc.cluster.local
`;
}
