import { describe, expect, test } from '@jest/globals';
import { rootWith } from '../../../support/daemon-json.js';

const ENTRIES = [
  ['insecure', 'registry.example.com:5000'],
  ['mirrors', 'https://mirror.example.com'],
] as const;

/** Every form in which people keep this file; what they meant by it is theirs. */
const FORMS: readonly (readonly [form: string, file: string | Buffer])[] = [
  ['two spaces', '{\n  "debug": true\n}\n'],
  ['tabs and CRLF', '{\r\n\t"debug" : true\r\n}\r\n'],
  ['old Mac line ends', '{\r  "debug": true\r}\r'],
  ['no final newline', '{\n    "debug": true\n}'],
  ['one line', '{ "debug": true, "mtu": 1400 }\n'],
  ['no spaces', '{"debug":true,"mtu":1400}'],
  ['commas in front', '{ "debug": true\n, "mtu": 1400\n}\n'],
  ['aligned columns', '{\n  "mtu":        1400,\n  "debug":      true\n}\n'],
  ['a byte order mark', '\ufeff{\r\n  "debug": true\r\n}\r\n'],
  ['UTF-16, little end first', Buffer.from('\ufeff{\r\n  "debug": true\r\n}\r\n', 'utf16le')],
  ['UTF-16, big end first', Buffer.from('\ufeff{ "debug": true }', 'utf16le').swap16()],
  ['an empty file', ''],
  ['blanks only', ' \n\t\r\n'],
  ['a byte order mark only', '\ufeff'],
  ['null', 'null\n'],
  ['an empty object', '{}'],
  ['an empty object over two lines', '\n{\n\n}\n\n'],
  ['numbers that no Number can hold', '{"x": 9007199254740993, "y": 1.0, "z": 1e400, "a": -0}'],
  ['escaped keys', '{"re\\u0067istry-mirrors": [], "insecure\\u002dregistries": ["a:1"]}\n'],
  ['unknown keys', '{"_comment": "keep", "__proto__": {"x": 1}, "": []}'],
  [
    'a list with other entries',
    '{\n  "registry-mirrors": [\n    "https://a.example.com"\n  ],\n  "insecure-registries": ["a:1","b:2"]\n}\n',
  ],
];

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
