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

export function missingFile({ key, file, stops }: Named): RuleProblem {
  return {
    code: 'missing-file',
    path: [key],
    message: `${key} names ${quote(file)}, which does not exist on this machine`,
    hint: `create ${file}, or correct ${key}`,
    stops,
  };
}
