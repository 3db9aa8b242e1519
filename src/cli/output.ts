import type { Readable, Writable } from 'node:stream';
import { withLocalTimes } from '../commands/text/local-time.js';
import { asciiOnly, showsUnicode } from '../core/text/ascii.js';
import { wrapLines } from '../core/text/wrap.js';
import { redactText, redactValue } from '../core/text/redact.js';
import type { Say } from '../core/locale/translate.js';
import { printableText } from '../core/text/printable.js';
import type { DockerctlError } from '../errors.js';

export interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For a reader of another language than English; absent for English. */
  readonly say?: Say;
  /** Makes the commands in a text for people be about the machine below `--root`; absent without it. */
  readonly below?: (text: string) => string;
}

/** The same streams, each opened by the first look at it, with more to know about who reads them. */
export function streamsWith(streams: Streams, more: Pick<Streams, 'say' | 'below'>): Streams {
  return Object.assign(Object.create(streams) as Streams, more);
}

interface Answered {
  readonly answer: unknown;
  readonly json: boolean;
  readonly text: () => string;
  /** Whether passwords in URLs may stand in it. */
  readonly verbatim: boolean;
  /** For programs, though no JSON: it stays English. */
  readonly isExport: boolean;
}

/** stdout is the answer and nothing else. */
export function printAnswer(
  { stdout, env, say = English, below = English }: Streams,
  { answer, json, text, verbatim, isExport }: Answered,
): void {
  const data = answer ?? null;
  if (json) stdout.write(jsonLine({ ok: true, data: verbatim ? data : redactValue(data) }));
  else if (verbatim) stdout.write(lines(printableText(text())));
  else {
    const told = printableText(redactText(text()));
    stdout.write(forReader(lines(isExport ? told : below(say(told))), stdout, env));
  }
}

/** English: a text as it is. */
export const English: Say = (text) => text;

export function printText({ stdout, env }: Streams, text: string): void {
  stdout.write(forReader(lines(text), stdout, env));
}

/** For people: what happened, and what to type. For programs: the same as one object on stdout. */
export function printError(
  { stdout, stderr, env, say = English }: Streams,
  { error, json }: { error: DockerctlError; json: boolean },
): void {
  const { code, message, hint, details } = redactValue({
    code: error.code,
    message: error.message,
    hint: error.hint,
    details: error.details,
  });
  if (json) {
    stdout.write(jsonLine({ ok: false, error: { code, message, hint, details } }));
    return;
  }
  const cause = error.cause instanceof Error ? `${error.cause.stack ?? ''}\n` : '';
  const stack = env.DOCKERCTL_DEBUG === '1' ? cause : '';
  const told = `dockerctl: ${withLocalTimes(say(message))}\n`;
  // What is to be copied is not broken.
  const shown = printableText(
    `${wrapFor(told, stderr)}${redactText(stack)}${say(`Try: ${hint}`)}\n`,
  );
  stderr.write(forReader(shown, stderr, env));
}

/** A terminal cuts words where its line ends: we break between them. A file or a pipe gets the lines as they are. */
export function wrapFor(text: string, { isTTY, columns }: Streams['stderr']): string {
  return isTTY === true && columns !== undefined && columns > 0 ? wrapLines(text, columns) : text;
}

/** What a terminal that shows ASCII alone can show; a file or a pipe gets UTF-8. */
export function forReader(
  text: string,
  { isTTY }: { readonly isTTY?: boolean },
  env: Streams['env'],
): string {
  return isTTY === true && !showsUnicode(env) ? asciiOnly(text) : text;
}

/** One line of JSON that cannot drive a terminal either: JSON.stringify leaves DEL and C1 as they are. */
export function jsonLine(value: unknown): string {
  const escape = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `${JSON.stringify(value).replace(/[\u007f-\u009f]/g, escape)}\n`;
}

function lines(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
