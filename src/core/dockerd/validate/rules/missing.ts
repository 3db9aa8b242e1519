import { quote, type Candidate, type RuleProblem } from './rule.js';

interface Named {
  readonly key: string;
  readonly file: string;
  readonly stops: 'start' | 'both';
}

/** dockerd reads the file at start: is there one that can be read? */
export function checkReadable({ host }: Candidate, named: Named): RuleProblem[] {
  const kind = host.kindOf?.(named.file);
  if (kind === null) return [missingFile(named)];
  if (kind !== 'folder' && kind !== 'socket') return [];
  const { key, file, stops } = named;
  return [
    {
      code: 'bad-value',
      path: [key],
      message: `${key} ${quote(file)} is a ${kind}, and dockerd reads a file`,
      hint: 'name a file',
      stops,
    },
  ];
}

/** dockerd reads certificates or a key from the file at start. */
export function checkPem(candidate: Candidate, named: Named): RuleProblem[] {
  const unreadable = checkReadable(candidate, named);
  const { key, file, stops } = named;
  const { kindOf, isPem } = candidate.host;
  const isFile = ['file', 'executable'].includes(kindOf?.(file) ?? '');
  if (unreadable.length > 0 || !isFile || isPem?.(file) !== false) return unreadable;
  return [
    {
      code: 'bad-value',
      path: [key],
      message: `${key} ${quote(file)} holds nothing in PEM`,
      hint: 'name a file that begins with -----BEGIN',
      stops,
    },
  ];
}

export function missingFile({ key, file, stops }: Named): RuleProblem {
  return {
    code: 'missing-file',
    path: [key],
    message: `${key} names ${quote(file)}, which does not exist on this machine`,
    hint: `create ${file}, or correct ${key}`,
    stops,
  };
}

/** Where systemd's services look for programs. */
const SEARCH_PATH: readonly string[] = [
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
];

/** Go's exec.LookPath finds no such program, as far as we may look. */
export function lacksProgram({ host }: Candidate, program: string): boolean {
  const { kindOf } = host;
  if (kindOf === undefined || (program.includes('/') && !program.startsWith('/'))) return false;
  const places = program.includes('/') ? [program] : SEARCH_PATH.map((dir) => `${dir}/${program}`);
  return !places.map(kindOf).some((kind) => kind === 'executable' || kind === 'hidden');
}
