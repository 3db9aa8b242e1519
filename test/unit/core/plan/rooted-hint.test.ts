import { expect, test } from '@jest/globals';
import { commandedBelow, placedBelow } from '../../../../src/core/plan/rooted-hint.js';

const finding = {
  code: 'anchor-ending',
  severity: 'warning' as const,
  subject: 'CN=x',
  path: '/usr/local/share/ca-certificates/x.pem',
  message: '',
  hint: 'mv -n /a /b && dockerctl daemon restart',
};

test('places and commands are those of the machine below the root', () => {
  expect(placedBelow(finding, '/mnt/image').path).toBe(`/mnt/image${finding.path}`);
  expect(commandedBelow(finding, '/mnt/image')).toMatchObject({
    path: `/mnt/image${finding.path}`,
    hint: 'chroot /mnt/image mv -n /a /b && dockerctl --root /mnt/image daemon restart',
  });
});

test('without a root they are as they were', () => {
  expect(placedBelow(finding, null)).toEqual(finding);
  expect(commandedBelow(finding, null)).toEqual(finding);
});
