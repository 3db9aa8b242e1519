import { describe, expect, test } from '@jest/globals';
import { fixConfig } from '../../../../../src/core/dockerd/validate/fix.js';
import {
  validateConfig,
  type ValidationInput,
} from '../../../../../src/core/dockerd/validate/validate.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';
import { PACKAGED_ARGV, referenceHost } from '../../../../support/reference-host.js';

const situation = (text: string, version = '28.5.2'): ValidationInput => ({
  bytes: Buffer.from(text),
  engine: parseVersion(version)!,
  argv: PACKAGED_ARGV,
  host: referenceHost(version),
});

const said = (text: string, version?: string) =>
  validateConfig(situation(text, version)).findings.map(
    ({ code, line, column }) => `${code} ${line}:${column}`,
  );

const fix = (text: string, version?: string) => {
  const fixed = fixConfig(situation(text, version));
  return fixed === null
    ? null
    : {
        text: Buffer.from(fixed.bytes).toString(),
        comments: fixed.comments.map(({ line, text: one }) => `${line} ${one}`),
      };
};

const ANNOTATED = `{
  "registry-mirrors": ["https://m.corp"], // mirrors
  // where things are
  'data-root': "/var/lib/docker",
  "log-opts": { "max-size": "10m", "max-file": "3", },
  "debug": True,
  "mtu": "1450"
  "hosts": ["fd://"],
}
`;

describe('all mistakes of a text at once', () => {
  test.each(['20.10.24', '26.1.5', '28.5.2'])(
    'with %s, each in its place, those of its meaning too',
    (version) => {
      expect(said(ANNOTATED, version)).toEqual([
        'comment 2:43',
        'comment 3:3',
        'single-quotes 4:3',
        'trailing-comma 5:51',
        'bad-literal 6:12',
        'wrong-type 7:3',
        'missing-comma 7:15',
        'flag-and-file 8:3',
        'trailing-comma 8:21',
      ]);
    },
  );

  test('are mended at once, and comments are kept', () => {
    const fixed = fix(ANNOTATED);
    expect(JSON.parse(fixed?.text ?? '')).toEqual({
      'registry-mirrors': ['https://m.corp'],
      'data-root': '/var/lib/docker',
      'log-opts': { 'max-size': '10m', 'max-file': '3' },
      debug: true,
      mtu: 1450,
    });
    expect(fixed?.comments).toEqual(['2 // mirrors', '3 // where things are']);
    expect(validateConfig(situation(fixed?.text ?? ''))).toMatchObject({
      starts: true,
      reloads: true,
    });
  });

  test.each<[string, string[], unknown, string[]]>([
    ['"debug": true,\n"mtu": 1450\n', ['missing-braces 1:8'], { debug: true, mtu: 1450 }, []],
    [
      '"debug": true,\n"mtu": 1450,\n',
      ['missing-braces 1:8', 'trailing-comma 2:12'],
      { debug: true, mtu: 1450 },
      [],
    ],
    ['"debug": true\n}\n', ['missing-braces 1:8'], { debug: true }, []],
    ['// a\n"debug": true\n', ['comment 1:1', 'missing-braces 2:8'], { debug: true }, ['1 // a']],
    [
      'Put this into the file\n{\n  "debug": true, turns debugging on\n}\nand restart docker then\n',
      ['prose 1:1', 'trailing-comma 3:16', 'prose 3:18', 'prose 5:1'],
      { debug: true },
      ['1 // Put this into the file', '3 // turns debugging on', '5 // and restart docker then'],
    ],
    [
      '{\n  "debug": true\n  修改以后重启\n}',
      ['prose 3:3'],
      { debug: true },
      ['3 // 修改以后重启'],
    ],
    [
      '{"bip": 10.9.0.1/24, "debug" true}',
      ['bad-number 1:9', 'missing-colon 1:30'],
      { bip: '10.9.0.1/24', debug: true },
      [],
    ],
    ['{"data-root": /srv/docker}', ['unquoted-value 1:15'], { 'data-root': '/srv/docker' }, []],
    // What may be a comment is no path.
    ['{"data-root": /*x}', ['comment 1:15'], null, []],
    ['{"log-driver": local}', ['unquoted-value 1:16'], { 'log-driver': 'local' }, []],
    [
      '{“debug”： true， "mtu": 1450}',
      ['smart-quotes 1:2', 'wide-punctuation 1:9', 'wide-punctuation 1:15'],
      { debug: true, mtu: 1450 },
      [],
    ],
  ])('%j', (text, expected, meant, comments) => {
    expect(said(text)).toEqual(expected);
    const fixed = fix(text);
    if (meant === null) expect(fixed).toBeNull();
    else {
      expect(JSON.parse(fixed?.text ?? 'null')).toEqual(meant);
      expect(fixed?.comments).toEqual(comments);
      expect(fix(fixed?.text ?? '')).toBeNull();
    }
  });

  test('a missing first brace alone is told alone', () => {
    const { findings } = validateConfig(situation('"debug": true\n}\n'));
    expect(findings).toMatchObject([
      { code: 'missing-braces', hint: 'put { before the first key' },
    ]);
  });

  test('where a mistake has several corrections nothing behind it is told', () => {
    expect(said('{"debug": true]}\n{,}')).toEqual(['mismatched-bracket 1:15']);
    expect(said('{"debug": true, "mtu": {{ mtu }}, "x": True}')).toHaveLength(1);
  });
});
