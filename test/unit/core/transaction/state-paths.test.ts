import { expect, test } from '@jest/globals';
import { statePaths } from '../../../../src/core/transaction/state-paths.js';

test.each([
  ['root', 0, null, {}, '/var/lib/dockerctl/journal.json', '/run/dockerctl/lock'],
  [
    'anybody below a root',
    1000,
    '/image',
    {},
    '/var/lib/dockerctl/journal.json',
    '/run/dockerctl/lock',
  ],
  [
    'a user',
    1000,
    null,
    { HOME: '/home/ada', XDG_RUNTIME_DIR: '/run/user/1000' },
    '/home/ada/.local/state/dockerctl/journal.json',
    '/run/user/1000/dockerctl/lock',
  ],
  [
    'a user without a session',
    1000,
    null,
    { HOME: '/home/ada', XDG_STATE_HOME: '/s' },
    '/s/dockerctl/journal.json',
    '/s/dockerctl/dockerctl/lock',
  ],
])('the state of %s', (_, uid, root, env, journal, lock) => {
  expect(statePaths({ uid, root, env })).toMatchObject({ journal, lock });
});
