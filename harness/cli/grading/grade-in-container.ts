import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { messageOf } from '../../domain/errors.ts';
import { removeContainer } from '../../platform/docker-engine.mjs';
import { removeTemporaryDirectory, temporaryDirectory } from '../../platform/files.ts';
import { reaper } from '../../platform/reaper.ts';
import { runDocker, whyNoDockerProgram } from '../../services/docker/docker-program.ts';
import { findEngine } from '../../services/docker/find-engine.ts';
import { runForItem } from '../gameday-process.ts';
import { boxedOptions } from './boxed-options.ts';
import type { GradedFile } from './graded-file.ts';
import { gradedFiles } from './graded-files.ts';
import { graderImage } from './grader-image.ts';
import type { GradeFile, Isolation } from './isolation.ts';

/** In a container without a network: nothing of a submission reaches this machine but its grade. */
export const inContainer: Isolation = {
  name: 'container',
  async prepare(say, signal) {
    const engine = await findEngine();
    if ('reason' in engine) return { declined: engine.reason };
    const noProgram = whyNoDockerProgram();
    if (noProgram !== undefined) return { declined: noProgram };
    try {
      return gradeOn(engine.address, await graderImage(engine.address, say, signal));
    } catch (error) {
      signal.throwIfAborted();
      return { declined: messageOf(error) };
    }
  },
};

const keptApart = [
  ...['--network', 'none', '--init', '--memory', '6g', '--pids-limit', '2048', '--shm-size', '256m'],
  ...['--security-opt', 'no-new-privileges', '--cap-drop', 'ALL'],
  // What it takes to start programs as others and to end them.
  ...['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETPCAP', 'SETUID'].flatMap((name) => ['--cap-add', name]),
  // Seeding the company takes longer than grading.
  ...['--volume', 'gameday-grader:/cache'],
  ...['--label', 'gameday.run=grade'],
];

/** Who is a stranger in the container sees the programs that others wrote, and nothing of ours; and has no place to leave something for a later play. */
const closed =
  'find /gameday -mindepth 1 -maxdepth 1 ! -name node_modules -exec chmod go-rwx {} +; chmod 711 /tmp /var/tmp';

const submission = '/submission.tgz';

function gradeOn(address: string, image: string): GradeFile {
  return async (file, wishes, say, signal) => {
    const name = `gameday-grade-${randomBytes(5).toString('hex')}`;
    const results = temporaryDirectory('grades');
    const forget = reaper().container(address, name);
    const docker = (...args: readonly string[]) => runDocker(address, args, signal);
    try {
      const options = ['--out', '/grades', '--json', ...boxedOptions('container', wishes)];
      const script = ['-c', `${closed}; exec gameday grade "$@"`, 'grade', submission, ...options];
      await docker('create', '--name', name, ...keptApart, '--entrypoint', 'sh', image, ...script);
      await docker('cp', file, `${name}:${submission}`);
      const graded: GradedFile = await runForItem(
        {
          name: `the grading of ${file}`,
          program: { command: 'docker', args: ['start', '--attach', name] },
          env: { DOCKER_HOST: address },
          failure: { code: 'GRADING_ENDED' },
          onLine: say,
        },
        signal,
      );
      if (graded.directory === undefined) return { ...graded, file };
      await docker('cp', `${name}:${graded.directory}/.`, results);
      const directory = join(wishes.out, basename(graded.directory));
      mkdirSync(directory, { recursive: true });
      for (const each of gradedFiles) {
        if (existsSync(join(results, each))) copyFileSync(join(results, each), join(directory, each));
      }
      return { ...graded, file, directory };
    } finally {
      await removeContainer(address, name);
      forget();
      removeTemporaryDirectory(results);
    }
  };
}
