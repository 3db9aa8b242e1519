import { describe, expect, test } from '@jest/globals';
import {
  importableKeys,
  importFlags,
} from '../../../../../src/core/dockerd/config/import-flags.js';
import { openDocument } from '../../../../../src/core/formats/json/open.js';

const engine = [28, 5, 2] as const;
const words = (...argv: readonly string[]) =>
  ['/usr/sbin/dockerd', ...argv].map((word) => ({ word, source: '/etc/default/docker' }));
const moved = (
  argv: readonly string[],
  {
    file = '{}',
    keys = null,
  }: { readonly file?: string; readonly keys?: readonly string[] | null } = {},
) => {
  const document = openDocument(Buffer.from(file), '/etc/docker/daemon.json');
  const result = importFlags(document, { words: words(...argv), engine, keys });
  return (
    result && {
      file: JSON.parse(result.document.text) as unknown,
      words: result.words.slice(1).map(({ word }) => word),
      dropIn: result.dropIn,
    }
  );
};

describe('importFlags', () => {
  test('moves every flag that a key stands for, each in the form of the file', () => {
    expect(
      moved([
        ...['-H', 'fd://', '--containerd=/run/c.sock', '--insecure-registry', 'a:1'],
        ...['--insecure-registry=b:2', '-l', 'warn', '--log-opt', 'max-size=1m', '--icc=false'],
        ...['--http-proxy=http://p:1', '--default-ulimit', 'nofile=1:2'],
      ]),
    ).toMatchObject({
      file: {
        'insecure-registries': ['a:1', 'b:2'],
        'log-level': 'warn',
        'log-opts': { 'max-size': '1m' },
        icc: false,
        proxies: { 'http-proxy': 'http://p:1' },
        'default-ulimits': { nofile: { Name: 'nofile', Soft: 1, Hard: 2 } },
      },
      words: ['-H', 'fd://', '--containerd=/run/c.sock'],
    });
  });

  test('moves those of some keys only', () => {
    expect(moved(['--label=a=b', '--mtu', '1400'], { keys: ['mtu'] })).toMatchObject({
      file: { mtu: 1400 },
      words: ['--label=a=b'],
    });
  });

  test('adds to a list that the file has, and refuses two words on one value', () => {
    expect(moved(['--label=a=b'], { file: '{"labels":["c=d"]}' })?.file).toEqual({
      labels: ['c=d', 'a=b'],
    });
    expect(() => moved(['--mtu=1400'], { file: '{"mtu":1300}' })).toThrow(
      expect.objectContaining({ code: 'invalid-config' }),
    );
  });

  test('leaves flags that share a word with another one to a person', () => {
    expect(() => moved(['-Dl', 'warn'], { keys: ['debug'] })).toThrow(
      expect.objectContaining({ code: 'invalid-config' }),
    );
  });

  test('writes the rest of the command line as systemd reads it', () => {
    expect(moved(['-H', 'unix:///a b$c%d', '-D'])?.dropIn).toMatch(
      /^ExecStart=\nExecStart=\/usr\/sbin\/dockerd -H "unix:\/\/\/a b\$\$c%%d"\n$/m,
    );
  });

  test('has nothing to do where only sockets are given', () => {
    expect(moved(['-H', 'fd://'])).toBeNull();
    expect(importableKeys(words('-H', 'fd://', '-D'), engine)).toEqual(['debug']);
  });
});
