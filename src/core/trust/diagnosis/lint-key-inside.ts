import { basename } from 'node:path';
import { shellWord } from '../../text/shell-word.js';
import { holdsPrivateKey } from '../material/certificates.js';
import type { LintProblem, LintTarget } from './lint-place.js';
import { bytesAt } from '../../plan/snapshot.js';

/** The same check, and a word on the private key that lies among the certificates: no reader looks for it there. */
export function withKeyInside(
  check: (place: LintTarget) => LintProblem[],
): (place: LintTarget) => LintProblem[] {
  return (place) => [...check(place), ...keyInside(place)];
}

function keyInside({ path, snapshot }: LintTarget): LintProblem[] {
  if (!holdsPrivateKey(bytesAt(snapshot, path))) return [];
  const copy = `/root/${basename(path)}.with-key`;
  return [
    {
      code: 'trust-key-inside',
      severity: 'warning',
      message:
        'a private key lies among its certificates, where nobody needs it and others can read it: whoever has it can pose as its owner.',
      hint: `install -m 600 ${shellWord(path)} ${shellWord(copy)} && sed -i '/-BEGIN .*PRIVATE KEY-/,/-END .*PRIVATE KEY-/d' ${shellWord(path)}`,
    },
  ];
}
