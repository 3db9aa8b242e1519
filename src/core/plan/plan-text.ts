import { createTwoFilesPatch } from 'diff';
import { LARGE, largeDiff } from './large-diff.js';
import { redactText } from '../text/redact.js';
import {
  isRecord,
  type Content,
  type Expectation,
  type FileChange,
  type FileImage,
  type Plan,
} from './plan.js';
import { printable } from '../text/printable.js';
import { withCertificateLines } from './certificate-lines.js';

/** Of a plan that touches more, nobody reads the diff to its end. */
const MOST_FILES = 50;

/**
 * A plan as a unified diff that people and, where no password was masked and no certificate stands in it, `patch -p1` understand.
 * Secrets and binary files are named, not shown; a certificate is a line that says which it is.
 */
export function planDiff(plan: Plan): string {
  const changes = plan.changes.filter((change) => !isRecord(change));
  const more = changes.length - MOST_FILES;
  return redactText(
    [
      ...changes.slice(0, MOST_FILES).map(changeDiff),
      ...(more > 0 ? [`… and ${more} more files\n`] : []),
    ].join(''),
  );
}

/** One sentence: what will be observed to know that the plan is in force. */
export function expectationText(expectation: Expectation): string {
  switch (expectation.kind) {
    case 'info':
      return `docker info ${expectation.match} ${expectation.key} ${printable(JSON.stringify(expectation.value))}`;
    case 'reload-event':
      return `the daemon's reload event says ${expectation.key}=${printable(expectation.value)}`;
    case 'served-certificate':
      return `${expectation.host}:${expectation.port} presents the new certificate`;
    case 'registry':
      return `${expectation.registry} answers a TLS handshake and GET /v2/ with this trust`;
  }
}

function changeDiff({ path, before, after }: FileChange): string {
  const access = accessChange(before, after);
  const [old, wanted] = [textOf(before), textOf(after)];
  if (old === null || wanted === null) return `${opaque(path, { before, after })}${access}`;
  const names: readonly [string, string] = [
    before === null ? '/dev/null' : `a${path}`,
    after === null ? '/dev/null' : `b${path}`,
  ];
  if (old.length + wanted.length > LARGE)
    return `${access}${old === wanted ? '' : `--- ${names[0]}\n+++ ${names[1]}\n${largeDiff([old, wanted])}`}`;
  const patch = createTwoFilesPatch(
    names[0],
    names[1],
    withCertificateLines(old),
    withCertificateLines(wanted),
    undefined,
    undefined,
    {
      context: 3,
      headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
    },
  );
  return `${access}${old === wanted ? '' : patch.replaceAll(/\t$/gm, '')}`;
}

/** The text of a file, '' where there is none, null where it must not or cannot be shown. */
function textOf(image: FileImage | null): string | null {
  if (image === null) return '';
  return 'text' in image.content && !holdsKey(image) ? image.content.text : null;
}

function holdsKey(image: FileImage | null): boolean {
  return image !== null && 'text' in image.content && PRIVATE_KEY.test(image.content.text);
}

/** Somebody may have put one beside the certificates of a file. */
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

function opaque(
  path: string,
  { before, after }: { before: FileImage | null; after: FileImage | null },
): string {
  const changed = before === null ? 'new' : 'changed';
  const what =
    holdsKey(before) || holdsKey(after)
      ? 'with a private key in it, not shown'
      : kindOf(after ?? before);
  return `${after === null ? 'deleted' : changed} ${path} (${what})\n`;
}

function kindOf(image: FileImage | null): string {
  const content: Content | undefined = image?.content;
  if (content === undefined) return 'nothing';
  if ('secret' in content) return `a secret of ${content.size} bytes, not shown`;
  return 'binary, not shown';
}

function accessChange(before: FileImage | null, after: FileImage | null): string {
  if (before === null || after === null || before.mode === after.mode) return '';
  return `old mode ${before.mode.toString(8)}\nnew mode ${after.mode.toString(8)}\n`;
}
