import type { Readable, Writable } from 'node:stream';
import { redactText, redactValue } from '../core/text/redact.js';
import { printableText } from '../core/text/printable.js';
import type { DockerctlError } from '../errors.js';

export interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface Answered {
  readonly answer: unknown;
  readonly json: boolean;
  readonly text: () => string;
  /** Whether passwords in URLs may stand in it. */
  readonly verbatim: boolean;
}

/** stdout is the answer and nothing else. */
export function printAnswer({ stdout }: Streams, { answer, json, text, verbatim }: Answered): void {
  const data = answer ?? null;
  stdout.write(
    json
      ? jsonLine({ ok: true, data: verbatim ? data : redactValue(data) })
      : lines(printableText(verbatim ? text() : redactText(text()))),
  );
}

export function printText({ stdout }: Streams, text: string): void {
  stdout.write(lines(text));
}

/** For people: what happened, and what to type. For programs: the same as one object on stdout. */
export function printError(
  { stdout, stderr, env }: Streams,
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
  stderr.write(printableText(`dockerctl: ${message}\n${redactText(stack)}Try: ${hint}\n`));
}

/** One line of JSON that cannot drive a terminal either: JSON.stringify leaves DEL and C1 as they are. */
export function jsonLine(value: unknown): string {
  const escape = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `${JSON.stringify(value).replace(/[\u007f-\u009f]/g, escape)}\n`;
}

function lines(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
