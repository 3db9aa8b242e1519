import { expect, test } from '@jest/globals';
import { rootWith } from '../../../support/daemon-json.js';

test.each(['http://reg.example.com:5000/', 'https://reg.example.com:5000', 'reg.example.com:5000'])(
  'insecure remove takes %s for what insecure add would have made of it',
  async (typed) => {
    const root = rootWith('{"insecure-registries": ["reg.example.com:5000", "a:1"]}');
    expect(await root.run('insecure', 'remove', typed)).toMatchObject({ status: 0 });
    expect(root.text()).toBe('{"insecure-registries": ["a:1"]}');
  },
);

test('an entry that dockerd itself refuses is taken out as it is written', async () => {
  const root = rootWith('{"insecure-registries": ["http://a/b", "a:1"]}');
  await root.run('insecure', 'remove', 'http://a/b');
  expect(root.text()).toBe('{"insecure-registries": ["a:1"]}');
});

test('what is not there is said once', async () => {
  const { stdout, stderr } = await rootWith('{}').run('insecure', 'remove', 'http://b:2/');
  expect((stdout + stderr).match(/http:\/\/b:2\/ was not in the list/g)).toHaveLength(1);
});
