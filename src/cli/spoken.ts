import type { Messages } from '../core/locale/message-index.js';
import { languageOf } from '../core/locale/language.js';
import type { Program } from './run.js';
import type { Streams } from './output.js';

const CATALOGUE = 'templates/messages.zh-CN.json';

/** The streams, and how to speak on them: the catalogue is read only where English is not what is asked for. */
export async function spoken(argv: readonly string[], program: Program): Promise<Streams> {
  const { streams } = program;
  if (languageOf(argv, streams.env) === 'en') return streams;
  const { createSay } = await import('../core/locale/translate.js');
  const bytes = program.hostBelow(null).fs.readAsset(CATALOGUE);
  const say = createSay(JSON.parse(Buffer.from(bytes).toString('utf8')) as Messages);
  // Each stream is opened by the first look at it.
  return {
    get stdin() {
      return streams.stdin;
    },
    get stdout() {
      return streams.stdout;
    },
    get stderr() {
      return streams.stderr;
    },
    env: streams.env,
    say,
  };
}
