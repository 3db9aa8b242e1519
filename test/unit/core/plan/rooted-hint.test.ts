import { expect, test } from '@jest/globals';
import { commandedBelow, hintBelow, placedBelow } from '../../../../src/core/plan/rooted-hint.js';

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

test.each([
  ['prose alone stays', 'install it, or correct the path', 'install it, or correct the path'],
  [
    'what stands in backquotes is a command',
    'look with `head -c 300 /etc/docker/daemon.json`, or take it back: `dockerctl config rollback`',
    'look with `head -c 300 /mnt/image/etc/docker/daemon.json`, or take it back: `dockerctl --root /mnt/image config rollback`',
  ],
  [
    'what only looks needs no chroot',
    '`findmnt -T /run/dockerctl`',
    '`findmnt -T /mnt/image/run/dockerctl`',
  ],
  ['sudo stays in front', 'sudo dockerctl recover', 'sudo dockerctl --root /mnt/image recover'],
  ['a word in backquotes is none', 'write `debug` without quotes', 'write `debug` without quotes'],
  ['what names a root has one', '`dockerctl --root /x status`', '`dockerctl --root /x status`'],
])('%s', (_, hint, below) => {
  expect(hintBelow(hint, '/mnt/image')).toBe(below);
});
