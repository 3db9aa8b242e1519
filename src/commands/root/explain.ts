import { entriesFor, readCodePage, type CodeEntry } from '../../core/doctor/code-pages.js';
import { nearest } from '../../core/text/suggest.js';
import { printable } from '../../core/text/printable.js';
import { wrap } from '../../core/text/wrap.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { defineCommand, type Style } from '../../app/context/command.js';
import { renderTable } from '../text/table.js';

interface Explained {
  /** Of the codes that were named; all, where none was. */
  readonly codes: readonly CodeEntry[];
  readonly all: boolean;
}

export const command = defineCommand({
  summary: 'what a code of a finding or an error means, and what to do',
  args: [
    { name: 'CODE', describe: 'as it stands in brackets; default: a list of all', many: true },
  ],
  options: {},
  examples: ['explain config-not-loaded', 'explain --json'],
  run: ({ host }, { args: codes }): Promise<Explained> => {
    const entries = readEntries(host);
    const named = codes.flatMap((code) => {
      const found = entriesFor(entries, bare(code));
      return found.length === 0 ? unknown(code, entries) : found;
    });
    return Promise.resolve({
      codes: codes.length === 0 ? entries : named,
      all: codes.length === 0,
    });
  },
  render: ({ codes, all }, style) =>
    all ? listText(codes, style) : codes.map((one) => entryText(one, style)).join('\n\n'),
});

/** The pages that lie beside the program: what they say is said nowhere else. */
function readEntries({ fs }: Host): CodeEntry[] {
  const page = (name: string) => Buffer.from(fs.readAsset(name)).toString('utf8');
  return [
    ...readCodePage(page('docs/findings.md'), 'finding'),
    ...readCodePage(page('docs/errors.md'), 'error'),
  ];
}

/** `[config-not-loaded]`, as people copy it. */
const bare = (code: string): string => code.replace(/^\[|\]$/gu, '').toLowerCase();

function unknown(code: string, entries: readonly CodeEntry[]): never {
  const meant = nearest(
    bare(code),
    entries.map((entry) => entry.code),
  );
  throw new DockerctlError({
    code: 'not-found',
    message: `"${printable(code)}" is the code of no finding and of no error.`,
    hint: meant === undefined ? 'dockerctl explain' : `dockerctl explain ${meant}`,
  });
}

function entryText(entry: CodeEntry, style: Style): string {
  const { code, kind, section, severity, exitStatus, meaning, advice, fix } = entry;
  const status = exitStatus === null ? '' : style.say(`, exit status ${exitStatus}`);
  const head = `${style.bold(code)}: ${style.say(severity ?? kind)}${status} (${style.say(section)})`;
  const paragraph = (text: string) => wrap(plain(text), Math.max(20, style.width - 2));
  const advised = advice === '' ? '' : style.say(`What to do: ${style.say(advice)}`);
  return [
    ...wrap(head, style.width),
    ...paragraph(style.say(meaning)).map((line) => `  ${line}`),
    ...(advised === '' ? [] : paragraph(advised).map((line) => `  ${line}`)),
    ...(fix === null ? [] : [`  ${style.say(`Try: ${style.bold(FIX[fix](code))}`)}`]),
  ].join('\n');
}

const FIX: Readonly<Record<NonNullable<CodeEntry['fix']>, (code: string) => string>> = {
  safe: () => 'dockerctl doctor --fix',
  named: (code) => `dockerctl doctor --fix ${code}`,
};

const plain = (markdown: string): string => markdown.replaceAll('`', '');

function listText(codes: readonly CodeEntry[], style: Style): string {
  const rows = codes.map(({ code, kind, severity, meaning }) => [
    code,
    severity ?? kind,
    plain(style.say(meaning)),
  ]);
  return renderTable(['CODE', 'KIND', 'MEANING'], rows, style);
}
