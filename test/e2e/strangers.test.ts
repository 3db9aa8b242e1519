import { beforeAll, describe, expect, test } from '@jest/globals';
import { useMachine } from './support/machine.js';

/** A user without rights, and one who is root by way of the socket: neither gets more by dockerctl. */
describe.each(['joe', 'dora'])('%s, who is not root', (user) => {
  const machine = useMachine();

  beforeAll(async () => {
    await machine.exec(['sh', '-c', 'useradd -m joe; useradd -m -G docker dora']);
    await machine.dockerctl('certs', 'issue', '--init', '--domain', 'a.example.com');
  });

  const as = (...argv: string[]) =>
    machine.exec([
      ...['runuser', '-u', user, '--', 'sh', '-c', 'cd / && exec dockerctl "$@"', 'sh'],
      ...argv,
    ]);

  test('may look, changes nothing, and is told that it needs root', async () => {
    const { stdout, stderr } = await as('status');
    expect(stderr).not.toContain('bug');
    expect(stdout.includes('running, closed to this user')).toBe(user === 'joe');
    expect((await as('doctor')).stdout).not.toContain('dockerctl daemon restart');
    expect(await as('confirm')).toMatchObject({ status: 7 });
    expect(await as('config', 'rollback')).toMatchObject({ status: 7 });
    expect(await as('config', 'history')).toMatchObject({ status: 7 });
    expect(await as('config', 'set', 'debug', 'true')).toMatchObject({ status: 7 });
    expect(await as('daemon', 'restart')).toMatchObject({ status: 7 });
    expect(await as('daemon', 'reload')).toMatchObject({ status: 7 });
    expect(await as('daemon', 'logs')).toMatchObject({
      status: 7,
      stdout: '',
      stderr: expect.stringContaining('systemd-journal'),
    });
    for (const path of ['/var/lib/dockerctl', '/var/lib/dockerctl/pki/ca.key', '/run/dockerctl'])
      expect(await machine.exec(['runuser', '-u', user, '--', 'ls', path])).not.toMatchObject({
        stdout: expect.stringContaining('ca.key'),
      });
  });
});
