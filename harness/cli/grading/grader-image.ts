import { projectRoot } from '../../platform/files.ts';
import { runDocker } from '../../services/docker/docker-program.ts';

/** As in docker-compose.yml. */
const ownImage = 'gameday-harness';

/**
 * The image that submissions are graded in: what `GAMEDAY_GRADER_IMAGE` names, which has to be there, else this project as it is now, made from `harness/Dockerfile`. Rejects with what Docker said.
 */
export async function graderImage(address: string, say: (line: string) => void, signal: AbortSignal): Promise<string> {
  const given = process.env.GAMEDAY_GRADER_IMAGE;
  if (given) {
    await runDocker(address, ['image', 'inspect', given], signal);
    return given;
  }
  say('Making the image that submissions are graded in: minutes the first time, then seconds.');
  await runDocker(address, ['build', '--tag', ownImage, '--file', 'harness/Dockerfile', projectRoot], signal);
  return ownImage;
}
