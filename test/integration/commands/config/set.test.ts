import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { rootWith } from '../../../support/daemon-json.js';

describe('config set', () => {
  test('changes one value and keeps every other byte', async () => {
    const root = rootWith('{\r\n\t"mtu" : 1.5e3,\r\n\t"debug": false\r\n}');
    expect(await root.run('config', 'set', 'debug', 'true')).toMatchObject({ status: 0 });
    expect(root.text()).toBe('{\r\n\t"mtu" : 1.5e3,\r\n\t"debug": true\r\n}');
  });

  test('makes the file and its folder where there is none', async () => {
    const root = rootWith(null);
    expect(await root.run('config', 'set', 'log-opts.max-size', '10m')).toMatchObject({
      status: 0,
    });
    expect(root.text()).toBe('{\n  "log-opts": {\n    "max-size": "10m"\n  }\n}\n');
    expect(statSync(root.at('etc/docker/daemon.json')).mode & 0o777).toBe(0o644);
  });

  test('takes negative numbers and several words', async () => {
    const root = rootWith('{}');
    await root.run('config', 'set', 'shutdown-timeout', '-1');
    await root.run('config', 'set', 'dns', '1.1.1.1', '8.8.8.8');
    expect(JSON.parse(root.text())).toEqual({
      'shutdown-timeout': -1,
      dns: ['1.1.1.1', '8.8.8.8'],
    });
  });

  test('takes several keys as one change, KEY=VALUE each', async () => {
    const root = rootWith('{"debug":false}');
    const ran = await root.run(
      'config',
      'set',
      'debug=true',
      'log-opts.max-size=10m',
      'dns=["1.1.1.1"]',
    );
    expect(ran).toMatchObject({ status: 0 });
    expect(JSON.parse(root.text())).toEqual({
      debug: true,
      'log-opts': { 'max-size': '10m' },
      dns: ['1.1.1.1'],
    });
    await root.run('config', 'set', 'labels', 'a=b', 'c=d');
    expect(JSON.parse(root.text())).toMatchObject({ labels: ['a=b', 'c=d'] });
    expect(await root.run('config', 'set', 'debug=true', 'nosuchkey=1')).toMatchObject({
      status: 3,
    });
  });

  test('says "unchanged" when the file has the value', async () => {
    const root = rootWith('{"debug":true}');
    const { stdout } = await root.run('config', 'set', 'debug', 'true', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, data: { status: 'unchanged' } });
  });

  test('--dry-run shows the difference and writes nothing', async () => {
    const root = rootWith('{}\n');
    const { stdout } = await root.run('config', 'set', 'debug', 'true', '--dry-run');
    expect(stdout).toContain('+  "debug": true\n');
    expect(root.text()).toBe('{}\n');
  });

  test.each([
    ['an unknown key', ['debgu', 'true'], 3, 'the nearest is debug'],
    ['a wrong type', ['debug', 'maybe'], 3, 'debug takes true or false, not "maybe".'],
    ['a malformed path', ['log-opts..x', '1'], 3, 'is not a key path'],
    ['no value', ['debug'], 2, 'VALUE'],
  ])('refuses %s', async (...[, argv, status, message]) => {
    const root = rootWith('{}\n');
    const printed = await root.run('config', 'set', ...argv);
    expect(printed).toMatchObject({ status, stdout: '', stderr: expect.stringContaining(message) });
    expect(printed.stderr).toContain('\nTry: ');
    expect(root.text()).toBe('{}\n');
  });

  test('--no-validate sets a key that we do not know', async () => {
    const root = rootWith('{}');
    await root.run('config', 'set', 'brand-new', '{"a": 1}', '--no-validate');
    expect(JSON.parse(root.text())).toEqual({ 'brand-new': { a: 1 } });
  });

  test('refuses a file with two values for one key, and names both places', async () => {
    const root = rootWith('{\n  "mtu": 1,\n  "mtu": 2\n}\n');
    expect(await root.run('config', 'set', 'debug', 'true')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(
        /daemon\.json:3:3: "mtu" stands twice: already at line 2, column 3/,
      ),
    });
  });
});

describe('a file with comments', () => {
  const commented = '{\n  // ours\n  "mtu": 1400,\n}\n';

  test('is left alone, and the error says what --yes would do', async () => {
    const root = rootWith(commented);
    expect(await root.run('config', 'set', 'debug', 'true')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/daemon\.json:2:3: a comment[^]*--yes/),
    });
    expect(root.text()).toBe(commented);
  });

  test('becomes strict JSON with --yes, its comments kept beside it', async () => {
    const root = rootWith(commented);
    expect(await root.run('config', 'set', 'debug', 'true', '--yes')).toMatchObject({ status: 0 });
    expect(root.text()).toBe('{\n  "mtu": 1400,\n  "debug": true\n}\n');
    expect(readFileSync(root.at('etc/docker/daemon.json.comments'), 'utf8')).toContain(
      'line 2: // ours\n',
    );
  });
});

describe('config get', () => {
  test.each([
    ['log-driver', 'journald\n'],
    ['max', '9007199254740993\n'],
    ['log-opts', '{ "max-size" : "10m" }\n'],
    ['dns[1]', '8.8.8.8\n'],
  ])('prints %s as %j', async (key, text) => {
    const root = rootWith(
      '{"log-driver":"journald","max":9007199254740993,"log-opts":{ "max-size" : "10m" },"dns":["1.1.1.1","8.8.8.8"]}',
    );
    expect(await root.run('config', 'get', key)).toMatchObject({ status: 0, stdout: text });
  });

  test('a key that is not set is exit 3', async () => {
    expect(await rootWith('{}').run('config', 'get', 'debug')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('/etc/docker/daemon.json does not set debug.'),
    });
  });

  test('a mistyped key is answered with the nearest one', async () => {
    expect(await rootWith('{}').run('config', 'get', 'log-drivr')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/nearest .* log-driver\.\n.*\nTry: .* config get log-driver\n/),
    });
  });
});

describe('config unset', () => {
  test('takes the key out with its line', async () => {
    const root = rootWith('{\n  "debug": true,\n  "mtu": 1\n}\n');
    await root.run('config', 'unset', 'debug');
    expect(root.text()).toBe('{\n  "mtu": 1\n}\n');
  });

  test('a key that is not there is no error, and said', async () => {
    const root = rootWith('{}');
    expect(await root.run('config', 'unset', 'debug')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Unchanged[^]*debug was not set\./),
    });
  });
});

describe('a value that dockerd would not start with', () => {
  const mirror = ['config', 'set', 'registry-mirrors', 'mirror.example.com'];

  test('is refused before anything is written, with its place', async () => {
    const root = rootWith('{}\n');
    expect(await root.run(...mirror)).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(
        /would not start with this: \/etc\/docker\/daemon\.json:2:\d+: /,
      ),
    });
    expect(root.text()).toBe('{}\n');
  });

  test('is written with --no-validate', async () => {
    const root = rootWith('{}\n');
    expect(await root.run(...mirror, '--no-validate')).toMatchObject({ status: 0 });
    expect(JSON.parse(root.text())).toEqual({ 'registry-mirrors': ['mirror.example.com'] });
  });
});
