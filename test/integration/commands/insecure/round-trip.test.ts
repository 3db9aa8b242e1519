import { describe, expect, test } from '@jest/globals';
import { FORMS } from '../../../support/daemon-json-forms.js';
import { rootWith } from '../../../support/daemon-json.js';

const ENTRIES = [
  ['insecure', 'registry.example.com:5000'],
  ['mirrors', 'https://mirror.example.com'],
] as const;

describe.each(ENTRIES)('%s add and then remove', (noun, entry) => {
  test.each(FORMS)('gives the same bytes back: %s', async (_, file) => {
    const root = rootWith(file);
    expect(await root.run(noun, 'add', entry)).toMatchObject({ status: 0 });
    expect(root.bytes().equals(Buffer.from(file))).toBe(false);
    expect(await root.run(noun, 'remove', entry)).toMatchObject({ status: 0 });
    expect(root.bytes()).toEqual(Buffer.from(file));
  });

  test.each([
    ['comments', '{\n  // faster\n  "debug": true\n}\n', /--yes/],
    ['a trailing comma', '{\n  "debug": true,\n}\n', /--yes/],
    ['a key that stands twice', '{"debug": true, "debug": false}', /stands twice/],
    ['a cut file', '{\n  "debug": tr', /daemon.json:2:12:/],
    ['a list', '["debug"]', /daemon.json:1:1:/],
    ['a NUL byte', '{"debug": true}\0', /daemon.json:1:16:/],
    [
      'a text for a list',
      `{"insecure-registries": "a", "registry-mirrors": "b"}`,
      /is not a list of strings/,
    ],
  ])('refuses %s with the place, and leaves every byte', async (_, file, said) => {
    const root = rootWith(file);
    const ran = await root.run(noun, 'add', entry);
    expect(ran).toMatchObject({ status: 3, stdout: '' });
    for (const part of [/daemon\.json:\d+:\d+: /, /\n *\^/, /\nTry: ./, said])
      expect(ran.stderr).toMatch(part);
    expect(root.text()).toBe(file);
  });
});

test('a file is followed back to its empty text through several changes, by whichever key they were', async () => {
  const root = rootWith('\n');
  for (const line of ['insecure add a:1', 'config set debug true', 'config rollback 2'])
    await root.run(...line.split(' '), '--yes');
  await root.run('config', 'set', 'mtu', '1400');
  await root.run('config', 'unset', 'mtu');
  await root.run('insecure', 'remove', 'a:1');
  expect(root.text()).toBe('\n');
});

test('but not past what somebody else wrote', async () => {
  const root = rootWith('\n');
  await root.run('insecure', 'add', 'a:1');
  root.write('{"insecure-registries":["a:1"]}');
  await root.run('insecure', 'remove', 'a:1');
  expect(root.text()).toBe('{}');
});

test('a file that was not there stays behind as an empty object', async () => {
  const root = rootWith(null);
  await root.run('insecure', 'add', 'a:1');
  await root.run('insecure', 'remove', 'a:1');
  expect(root.text()).toBe('{}\n');
});
