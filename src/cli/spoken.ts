import type { Messages } from '../core/locale/message-index.js';
import { languageOf } from '../core/locale/language.js';
import type { Program } from './run.js';
import { streamsWith, type Streams } from './output.js';

const CATALOGUE = 'templates/messages.zh-CN.json';

/**
 * The streams, and how to speak on them: the catalogue is read only where English is not what is asked for. Where it is missing or
 * damaged, everything is said in English, and that this is so, on stderr.
 */
export async function spoken(argv: readonly string[], program: Program): Promise<Streams> {
  const { streams } = program;
  if (languageOf(argv, streams.env) === 'en') return streams;
  const { createSay } = await import('../core/locale/translate.js');
  const messages = readMessages(program);
  if (messages === null) {
    const why = `dockerctl: ${CATALOGUE} of this installation cannot be read: all is said in English. Install dockerctl again.\n`;
    streams.stderr.write(why);
    return streams;
  }
  return streamsWith(streams, { say: createSay(messages) });
}

function readMessages({ hostBelow }: Program): Messages | null {
  try {
    const bytes = hostBelow(null).fs.readAsset(CATALOGUE);
    const { words, patterns, sentences } = JSON.parse(
      Buffer.from(bytes).toString('utf8'),
    ) as Partial<Messages>;
    const isWhole = [words, patterns, sentences].every((part) => typeof part === 'object');
    return isWhole ? ({ words, patterns, sentences } as Messages) : null;
  } catch {
    return null;
  }
}
