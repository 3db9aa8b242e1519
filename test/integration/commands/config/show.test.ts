import { writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { rootWith } from '../../../support/daemon-json.js';

describe('config show', () => {
  test('prints the file as it is', async () => {
    const root = rootWith('{\n\t"mtu" : 1400}\n');
    expect(await root.run('config', 'show')).toMatchObject({ stdout: '{\n\t"mtu" : 1400}\n' });
  });

  test('prints one key', async () => {
    const root = rootWith('{"log-opts": {"max-size": "10m"}}');
    expect(await root.run('config', 'show', 'log-opts')).toMatchObject({
      status: 0,
      stdout: '{"max-size": "10m"}\n',
    });
  });

  test('says that there is no file', async () => {
    expect(await rootWith(null).run('config', 'show')).toMatchObject({
      status: 0,
      stdout: '/etc/docker/daemon.json does not say: dockerd uses its defaults.\n',
    });
  });

  test('reads a file with comments, and warns that dockerd does not', async () => {
    const root = rootWith('{\n  # ours\n  "debug": true\n}\n');
    const { status, stderr, stdout } = await root.run('config', 'show', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ data: { value: { debug: true } } });
    expect(stderr).toMatch(/dockerd refuses this file: .*daemon\.json:2:3: a comment/);
  });

  test('--effective names the source of each value', async () => {
    const { stdout } = await rootWith('{\n  "debug": true\n}\n').run(
      'config',
      'show',
      '--effective',
    );
    expect(stdout).toMatch(/^debug +true +\(file: \/etc\/docker\/daemon\.json:2\)$/m);
    expect(stdout).toMatch(/^shutdown-timeout +15 +\(default\)$/m);
  });

  test('--effective masks passwords, as docker info does, and the file is shown as it is', async () => {
    const root = rootWith('{"proxies": {"http-proxy": "http://u:hunter2@p:3128"}}\n');
    const { stdout } = await root.run('config', 'show', 'proxies', '--effective');
    expect(stdout).toMatch(/^proxies +\{"http-proxy":"http:\/\/…@p:3128"\}/m);
    const json = JSON.parse(
      (await root.run('config', 'show', 'proxies', '--effective', '--json')).stdout,
    ) as { data: { effective: unknown } };
    expect(JSON.stringify(json.data.effective)).not.toContain('hunter2');
    expect((await root.run('config', 'show')).stdout).toContain('u:hunter2@p');
  });

  test('--effective KEY is one line', async () => {
    const { stdout } = await rootWith('{}').run('config', 'show', 'debug', '--effective');
    expect(stdout).toBe('debug  false  (default)\n');
  });
});

describe('config diff FILE', () => {
  test('is silent and 0 where both mean the same', async () => {
    const root = rootWith('{"debug": true, "mtu": 1400}');
    writeFileSync(root.at('other.json'), '{"mtu":1400,"debug":true}');
    expect(await root.run('config', 'diff', '/other.json')).toMatchObject({
      status: 0,
      stdout: '/etc/docker/daemon.json and /other.json say the same.\n',
    });
  });

  test('lists what differs by key, and is 1', async () => {
    const root = rootWith('{"debug": true, "log-opts": {"max-size": "10m"}}');
    writeFileSync(root.at('other.json'), '{"log-opts": {"max-size": "20m"}, "mtu": 1400}');
    expect(await root.run('config', 'diff', '/other.json')).toMatchObject({
      status: 1,
      stdout: 'debug\n  - true\nlog-opts.max-size\n  - "10m"\n  + "20m"\nmtu\n  + 1400\n',
    });
  });

  test('a file that is not there is exit 3', async () => {
    expect(await rootWith('{}').run('config', 'diff', '/nope')).toMatchObject({ status: 3 });
  });

  test('without a daemon to compare with it says what to name', async () => {
    expect(await rootWith('{}').run('config', 'diff')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('Try: name a file'),
    });
  });
});
