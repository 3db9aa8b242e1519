import { describe, expect, test } from '@jest/globals';
import { rootWith } from '../../../support/daemon-json.js';

describe('below a root, where no dockerd reads the file', () => {
  test('daemon status judges the file all the same', async () => {
    const { status, stdout } = await rootWith('{"registry-mirror": []}').run(
      'daemon',
      'status',
      '--json',
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      data: {
        state: 'absent',
        config: '/etc/docker/daemon.json',
        configExists: true,
        pending: null,
      },
    });
  });

  test('daemon status says what is wrong with a broken file', async () => {
    const { stdout } = await rootWith('{"debug": "yes"}').run('daemon', 'status');
    expect(stdout).toContain('dockerd would not start with it');
    expect(stdout).toContain('debug:');
  });

  test.each(['reload', 'restart'])('daemon %s says that there is nobody to tell', async (verb) => {
    const { status, stderr } = await rootWith('{}').run('daemon', verb);
    expect(status).toBe(3);
    expect(stderr).toContain('no dockerd on this machine reads /etc/docker/daemon.json');
  });

  test.each(['never', 'reload'])('daemon restart contradicts --activate %s', async (activate) => {
    const ran = await rootWith('{}').run('daemon', 'restart', '--activate', activate);
    expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining('contradict') });
  });

  test('daemon logs says that nobody kept a log', async () => {
    const { status, stderr } = await rootWith('{}').run('daemon', 'logs');
    expect(status).toBe(3);
    expect(stderr).toContain('nobody kept what it wrote');
  });

  test.each(['-1', '2.5'])('daemon logs --lines=%s is a usage error', async (lines) => {
    expect(await rootWith('{}').run('daemon', 'logs', `--lines=${lines}`)).toMatchObject({
      status: 2,
    });
  });
});
