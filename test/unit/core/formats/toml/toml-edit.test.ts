import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readToml, setToml, unsetToml } from '../../../../../src/core/formats/toml/toml-edit.js';

const REGISTRY = ['plugins', 'io.containerd.grpc.v1.cri', 'registry', 'config_path'];
const file = (text: string) => ({ path: '/etc/x.toml', text });

describe('setToml', () => {
  test.each<[string, string, readonly string[], string]>([
    ['an empty file', '', ['server'], 'server = "v"\n'],
    ['a file without final newline', 'a = 1', ['server'], 'a = 1\nserver = "v"'],
    [
      'a value, and leaves its comment',
      'server = "x" # why\nb = 2\n',
      ['server'],
      'server = "v" # why\nb = 2\n',
    ],
    [
      'a value over several lines',
      'server = [\n "a", # ]\n "b" ]\nb = 2\n',
      ['server'],
      'server = "v"\nb = 2\n',
    ],
    [
      'a root key before the first table',
      'a = 1\n\n# table\n[t]\nb = 2\n',
      ['server'],
      'a = 1\nserver = "v"\n\n# table\n[t]\nb = 2\n',
    ],
    [
      'a root key where there is none',
      '# top\n\n# t\n[t]\nb = 2\n',
      ['server'],
      '# top\n\nserver = "v"\n\n# t\n[t]\nb = 2\n',
    ],
    [
      'a key in a table, indented like its neighbour',
      '[t]\n  b = 2 # two\n\n[u]\n',
      ['t', 'c'],
      '[t]\n  b = 2 # two\n  c = "v"\n\n[u]\n',
    ],
    ['a key in an empty table', '  [t]\n[u]\n', ['t', 'c'], '  [t]\n  c = "v"\n[u]\n'],
    [
      'a new table at the end',
      'version = 2\n',
      REGISTRY,
      'version = 2\n\n[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "v"\n',
    ],
    [
      'a table with quotes of the other kind',
      "[plugins.'io.containerd.grpc.v1.cri'.registry]\nconfig_path = ''\n",
      REGISTRY,
      '[plugins.\'io.containerd.grpc.v1.cri\'.registry]\nconfig_path = "v"\n',
    ],
    ['CRLF', '[t]\r\nb = 2\r\n', ['t', 'c'], '[t]\r\nb = 2\r\nc = "v"\r\n'],
    [
      'beside a string with brackets and quotes',
      'a = """x""""\n[t]\nb = "]#\\""\n',
      ['t', 'b'],
      'a = """x""""\n[t]\nb = "v"\n',
    ],
  ])('changes %s', (...[, before, path, after]) => {
    expect(setToml(file(before), path, { value: 'v' })).toBe(after);
  });

  test('changes nothing where the value is there', () => {
    expect(setToml(file("a   =   'v' # mine"), ['a'], { value: 'v' })).toBe("a   =   'v' # mine");
  });

  test.each([
    ['an inline table', 't = { b = 1 }\n', ['t', 'c']],
    ['a table by dotted keys', 't.b = 1\n', ['t', 'c']],
  ])('refuses %s rather than break it', (_, text, path) => {
    expect(() => setToml(file(text), path, { value: 'v' })).toThrow(
      /cannot be changed without touching the rest/,
    );
  });

  test('names the file that is no TOML', () => {
    expect(() => setToml(file('a = '), ['a'], { value: 'v' })).toThrow(
      /\/etc\/x\.toml cannot be read/,
    );
  });
});

test('unsetToml gives back the text from before setToml, where no table was empty', () => {
  const line = fc.constantFrom(
    'a = 1',
    '# note',
    '',
    '[t]\nx = 1',
    '  b = "x" # y',
    '[t.u]\nz = 1',
    '[[w]]',
    "c = '''\n[x]\n'''",
  );
  const path = fc.constantFrom(['key'], ['t', 'key'], ['n', 'm', 'key'], REGISTRY);
  let tried = 0;
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), path, (lines, path) => {
      const before = lines.join('\n');
      let after: string;
      try {
        after = setToml(file(before), path, { value: true, comment: 'ours' });
      } catch {
        return; // not TOML to begin with, or a table that stands as [[…]]
      }
      tried += 1;
      expect(unsetToml(file(after), path)).toBe(before);
    }),
    { numRuns: 2000 },
  );
  expect(tried).toBeGreaterThan(100);
});

test('tables in tables without end are refused before anything walks through them', () => {
  const text = `[${Array.from({ length: 20_000 }, () => 'a').join('.')}]\nb = 1\n`;
  expect(() => readToml({ path: 'config.toml', text })).toThrow(/nests too deeply/);
});

test('200,000 tables are no configuration', () => {
  const text = Array.from({ length: 200_000 }, (_, i) => `[t${i}]\n`).join('');
  expect(() => readToml({ path: 'config.toml', text })).toThrow(/longer than 512 KiB/);
});
