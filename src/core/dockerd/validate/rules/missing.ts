import { kindAt, quote, type DecodedConfig, type RuleProblem } from './rule.js';

interface NamedFile {
  readonly key: string;
  readonly file: string;
  readonly stops: 'start' | 'both';
}

/** dockerd reads the file at start: is there one that can be read? */
export function checkReadable(candidate: DecodedConfig, named: NamedFile): RuleProblem[] {
  const { key, file, stops } = named;
  const kind = kindAt(candidate, file);
  if (kind === null) return [missingFile(named)];
  if (kind === undefined) return [{ ...missingFile(named), need: { needs: 'file', what: file } }];
  if (kind !== 'folder' && kind !== 'socket') return [];
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
export function checkPem(candidate: DecodedConfig, named: NamedFile): RuleProblem[] {
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

export function missingFile({ key, file, stops }: NamedFile): RuleProblem {
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

/** Go's exec.LookPath finds such a program; undefined where nobody may look. Under systemd dockerd stands at /. */
export function hasProgram(candidate: DecodedConfig, program: string): boolean | undefined {
  const places = program.includes('/')
    ? [program.startsWith('/') ? program : `/${program}`]
    : SEARCH_PATH.map((folder) => `${folder}/${program}`);
  const kinds = places.map((place) => kindAt(candidate, place));
  if (kinds.includes('executable')) return true;
  return kinds.includes(undefined) ? undefined : false;
}

/** The problem where the program is missing; what the machine needs where nobody may look. */
export function unlessProgram(
  candidate: DecodedConfig,
  program: string,
  problem: RuleProblem,
): RuleProblem[] {
  const found = hasProgram(candidate, program);
  if (found === true) return [];
  return [found === false ? problem : { ...problem, need: { needs: 'program', what: program } }];
}
