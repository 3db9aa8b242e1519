import { expect, test } from '@jest/globals';
import { withKeyInside } from '../../../../../src/core/trust/diagnosis/lint-key-inside.js';
import type { LintProblem } from '../../../../../src/core/trust/diagnosis/lint-place.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const path = '/etc/docker/certs.d/r/ca.crt';
const before: LintProblem = { code: 'x', severity: 'error', message: 'm', hint: 'h' };
const check = (text: string) =>
  withKeyInside(() => [before])({
    ...{ name: 'ca.crt', path, snapshot: treeOf({ [path]: text }) },
    place: { registry: 'r', folder: '/etc/docker/certs.d/r' },
  });

test('a private key among certificates is told behind all else, and kept by the command', () => {
  const found = check('-----BEGIN EC PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----\n');
  expect(found.map(({ code }) => code)).toEqual(['x', 'trust-key-inside']);
  expect(found[1]?.hint).toBe(
    `install -m 600 ${path} /root/ca.crt.with-key && sed -i '/-BEGIN .*PRIVATE KEY-/,/-END .*PRIVATE KEY-/d' ${path}`,
  );
});

test('without one there is nothing more to say', () => {
  expect(check('-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n')).toEqual([before]);
});
