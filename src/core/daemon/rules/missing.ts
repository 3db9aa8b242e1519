import { quote, type RuleProblem } from './rule.js';

/** dockerd reads the file at start. */
export function missingFile(of: {
  readonly key: string;
  readonly file: string;
  readonly stops: 'start' | 'both';
}): RuleProblem {
  return {
    code: 'missing-file',
    path: [of.key],
    message: `${of.key} names ${quote(of.file)}, which does not exist on this machine`,
    hint: `create ${of.file}, or correct ${of.key}`,
    stops: of.stops,
  };
}
