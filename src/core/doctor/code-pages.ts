import type { Severity } from '../plan/finding.js';

/** What docs/findings.md or docs/errors.md says of one code. */
export interface CodeEntry {
  readonly code: string;
  readonly kind: 'finding' | 'error';
  /** The heading above it. */
  readonly section: string;
  /** null where the page says it for the whole section. */
  readonly severity: Severity | null;
  /** Of an error; null for a finding. */
  readonly exitStatus: number | null;
  readonly meaning: string;
  /** '' for an error, whose message says what to type. */
  readonly advice: string;
  /** Whether `doctor --fix` fixes it: unasked, or when the code is named. */
  readonly fix: 'safe' | 'named' | null;
}

/** The rows of a page's tables that begin with a code. */
export function readCodePage(markdown: string, kind: CodeEntry['kind']): CodeEntry[] {
  const entries: CodeEntry[] = [];
  let section = '';
  let columns: readonly string[] = [];
  for (const line of markdown.split('\n')) {
    section = /^#+ (.*)$/u.exec(line)?.[1] ?? section;
    const cells = cellsOf(line);
    if (cells[0] === 'Code') columns = cells.map((cell) => cell.replaceAll('`', '').toLowerCase());
    const [, code] = /^`([a-z0-9-]+)`$/u.exec(cells[0] ?? '') ?? [];
    if (code === undefined) continue;
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
    const [severity = null] = SEVERITIES.filter((one) => one === cell('severity'));
    const [fix = null] = FIXES.filter((one) => one === cell('--fix'));
    const status = cell('exit status');
    entries.push({
      ...{ code, kind, section, severity, fix },
      exitStatus: status === '' ? null : Number(status),
      meaning: cell(kind === 'error' ? 'what it means' : 'meaning'),
      advice: cell('what to do'),
    });
  }
  return entries;
}

const SEVERITIES = ['error', 'warning', 'info'] as const;
const FIXES = ['safe', 'named'] as const;

/** A bar inside of code or behind a backslash is text. */
function cellsOf(line: string): string[] {
  if (!line.startsWith('| ')) return [];
  const cells = line.slice(1).split(/(?<!\\)\|/u);
  return cells.slice(0, -1).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/**
 * What is said of a code: of a finding, of an error, or, where both have it, of each.
 * `certificate-X` is what a file can be, as `registry-X` is what a registry shows (docs/findings.md, Certificates);
 * `token-registry-X` and `redirect-registry-X` are the same about another server (Trust in registries).
 */
export function entriesFor(entries: readonly CodeEntry[], code: string): readonly CodeEntry[] {
  const own = entries.filter((entry) => entry.code === code);
  const of = /^(?:certificate|(?:token|redirect)-registry)-(.+)$/u.exec(code)?.[1];
  if (own.length > 0 || of === undefined) return own;
  const same = entries.filter((entry) => entry.code === `registry-${of}`);
  return same.map((entry) => ({ ...entry, code }));
}
