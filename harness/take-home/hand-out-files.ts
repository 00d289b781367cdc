import { type HandOut, handOutsFolder } from '../domain/hand-out.ts';
import type { PackedFiles } from './packed-files.ts';

/** Docker Compose reads it beside `docker-compose.yml`: answers are written on the machine, and sent from within the container. */
const composeOverride = `services:
  harness:
    volumes:
      - ./${handOutsFolder}:/gameday/${handOutsFolder}:ro
`;

/** What is answered in files as a take-home has it: a folder each. */
export function handOutFiles(handOuts: readonly HandOut[]): PackedFiles {
  if (handOuts.length === 0) return new Map();
  const inFolders = handOuts.flatMap(({ id, files }) =>
    Object.entries(files).map(([name, text]) => [`${handOutsFolder}/${id}/${name}`, text] as const),
  );
  return new Map([...inFolders, ['docker-compose.override.yml', composeOverride]]);
}
