import { request } from 'node:http';

// Plain JavaScript because the reaper's child uses it without a TypeScript loader. It speaks to the engine itself, so that no docker program is needed.

const answerWithinMs = 3_000;
/** Some engines take seconds to delete the files. */
const removedWithinMs = 12_000;

/**
 * Sends one request to the HTTP interface of a Docker engine (https://docs.docker.com/reference/api/engine/) and resolves to what it answers,
 * whatever that is. Rejects when nobody answers in time or `address` is neither `unix:///path` nor `tcp://host:port`.
 *
 * @param {string} address
 * @param {string} method
 * @param {string} path
 * @param {number} withinMs milliseconds
 * @returns {Promise<{ status: number, text: string }>}
 */
export function askDocker(address, method, path, withinMs = answerWithinMs) {
  return new Promise((resolve, reject) => {
    const { protocol, hostname, port, pathname } = new URL(address);
    const place = { 'unix:': { socketPath: pathname }, 'tcp:': { host: hostname, port: port || 2375 } }[protocol];
    if (place === undefined) throw new Error('it is neither a unix:// nor a tcp:// address');
    const signal = AbortSignal.timeout(withinMs);
    const asked = request({ ...place, method, path, signal, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => {
        text += part;
      });
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

/**
 * Ends a container at once and removes it with the volumes that only it has. One that is not there is removed already.
 *
 * @param {string} address of the engine
 * @param {string} name
 * @returns {Promise<void>}
 */
export async function removeContainer(address, name) {
  const { status, text } = await askDocker(address, 'DELETE', `/containers/${name}?force=true&v=true`, removedWithinMs);
  // 409: somebody else is removing it at this moment.
  if (status >= 400 && status !== 404 && status !== 409)
    throw new Error(`Docker did not remove ${name}: ${text.trim()}`);
}
