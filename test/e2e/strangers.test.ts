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

/** What mallory plants where root is told to put certificates. */
describe('places that another user can exchange', () => {
  const machine = useMachine();
  const NAME = 'a.example.com';

  beforeAll(async () => {
    await machine.exec(['useradd', '-m', 'mallory']);
    await machine.dockerctl('certs', 'issue', '--init', '--domain', NAME);
    await machine.sh('cp /etc/shadow /root/shadow; mkdir -m 1777 /srv/open; mkdir /srv/tls');
  });

  const mallory = (script: string) =>
    machine.exec(['runuser', '-u', 'mallory', '--', 'sh', '-c', script]);

  const refused = async (...argv: string[]) => {
    const ran = await machine.dockerctl('certs', ...argv);
    expect({ argv, status: ran.status }).toEqual({ argv, status: 3 });
    expect(ran.stderr).toMatch(/^Try: .*(?:name|take)/mu);
    await machine.sh('cmp /etc/shadow /root/shadow');
  };

  test.each([
    ['a folder of theirs with a link', '/tmp/link', 'ln -s /etc/shadow'],
    ['a folder of theirs with a file', '/tmp/file', 'touch'],
  ])('%s', async (_, folder, plant) => {
    await mallory(`mkdir -m 755 ${folder} && ${plant} ${folder}/${NAME}.key`);
    await refused('deploy', NAME, '--to', folder);
    await refused('export', NAME, '--out', folder);
    await refused('issue', '--force', '--domain', NAME, '--out', folder);
    expect(await mallory(`cat ${folder}/${NAME}.key`)).not.toMatchObject({
      stdout: expect.stringContaining('PRIVATE'),
    });
  });

  test('a link of theirs to a folder', async () => {
    await mallory('ln -s /etc /tmp/way');
    await refused('deploy', NAME, '--to', '/tmp/way');
    await refused('export', NAME, '--format', 'k8s-secret', '--out', '/tmp/way/secret.yaml');
  });

  test('what they put into a folder like /tmp; a new file there is written', async () => {
    await mallory('ln -s /etc/shadow /srv/open/link.yaml; touch /srv/open/file.yaml');
    for (const file of ['link', 'file'])
      await refused('export', NAME, '--format', 'k8s-secret', '--out', `/srv/open/${file}.yaml`);
    const fresh = ['export', NAME, '--format', 'k8s-secret', '--out', '/srv/open/new.yaml'];
    expect(await machine.dockerctl('certs', ...fresh)).toMatchObject({ status: 0 });
    expect(await machine.sh('stat -c "%u %a" /srv/open/new.yaml')).toBe('0 600');
  });

  test('a place that became theirs does not get the renewed key', async () => {
    await machine.dockerctl('certs', 'deploy', NAME, '--to', '/srv/tls');
    await machine.sh('chown mallory /srv/tls');
    await mallory(`cd /srv/tls && rm -f ${NAME}.key && ln -s /etc/shadow ${NAME}.key`);
    expect(await machine.dockerctl('certs', 'renew', NAME)).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('which uid'),
    });
    await machine.sh('cmp /etc/shadow /root/shadow');
  });

  test('a configuration behind a link of theirs', async () => {
    await machine.write('/srv/victim.json', '{}');
    await mallory('mkdir /tmp/conf && ln -s /srv/victim.json /tmp/conf/daemon.json');
    const set = ['config', 'set', 'debug', 'true', '--config', '/tmp/conf/daemon.json'];
    expect(await machine.dockerctl(...set)).toMatchObject({ status: 3 });
    expect(await machine.read('/srv/victim.json')).toBe('{}');
  });
});
