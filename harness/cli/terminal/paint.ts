import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Colours text, or leaves it as it is when the stream wants none. Meaning is never carried by colour alone. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_style, text) => text;

const coloured: Paint = (style, text) => styleText(style, text, { validateStream: false });

/** Whether to colour, by https://no-color.org, FORCE_COLOR, TERM=dumb and what the stream is. */
export function paintFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv, wanted: boolean): Paint {
  if (!wanted || (env.NO_COLOR ?? '') !== '') return plain;
  if ((env.FORCE_COLOR ?? '') !== '') return env.FORCE_COLOR === '0' ? plain : coloured;
  return stream.isTTY === true && env.TERM !== 'dumb' ? coloured : plain;
}
