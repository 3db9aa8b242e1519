import { expect, test } from '@jest/globals';
import { commandsBelow } from '../../../../src/core/text/commands-below.js';

const NAMES = ['config', 'certs', 'adopt', 'service'];
const below = (text: string) => commandsBelow(text, '/mnt/x', NAMES);

test.each([
  ['Undo: dockerctl config rollback 1', `Undo: dockerctl --root /mnt/x config rollback 1`],
  [
    'none: dockerctl adopt writes one; `sudo dockerctl config show` shows it',
    `none: dockerctl --root /mnt/x adopt writes one; \`sudo dockerctl --root /mnt/x config show\` shows it`,
  ],
  [
    'a line that ends in dockerctl\n   certs init',
    `a line that ends in dockerctl --root /mnt/x\n   certs init`,
  ],
])('what is to be typed of %j is about the machine below the root', (text, wanted) => {
  expect(below(text)).toBe(wanted);
});

test.each([
  'dockerctl --root /a config rollback 1',
  'ExecStart=/usr/local/bin/dockerctl service',
  'Created /etc/dockerctl/certs',
  'none by dockerctl',
  '/usr/lib/dockerctl certs',
  'dockerctl configures',
  'dockerctl certs.d',
])('%j is left as it is', (text) => {
  expect(below(text)).toBe(text);
});
