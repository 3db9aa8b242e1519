import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { daemonIdentity, dataOf, dockerInfo, push } from '../e2e/support/daemon.js';
import { useMachine, type Machine } from '../e2e/support/machine.js';
import { makeAuthority, startRegistry } from '../e2e/support/registry.js';

const FILE = '/etc/docker/daemon.json';
const DECLARATION = '/etc/dockerctl/dockerctl.json5';
const GOOD = 'https://mirror.example.com/';
const DETECTED = '91a0c210378e4821b3e986f3bc81c87e';
const FIGHT = '0e8f70d600224573bf0cf722db53bdb8';

const mirrorsOf = (machine: Machine) => dockerInfo(machine, '{{json .RegistryConfig.Mirrors}}');

/** Runs a condition inside the machine until it holds. */
const until = (machine: Machine, condition: string, seconds = 60) =>
  machine.sh(`timeout ${seconds} bash -c 'until ${condition}; do sleep 0.05; done'`);

const countOf = async (machine: Machine, id: string, match = '') =>
  Number(await machine.sh(`journalctl -o json MESSAGE_ID=${id} ${match} | grep -c . || true`));

describe('a declaration', () => {
  const machine = useMachine();
  let registries: readonly string[] = [];

  beforeAll(async () => {
    const authority = await makeAuthority(machine, 'declared-ca');
    const tls = await authority.issue('registry.test');
    registries = [
      await startRegistry(machine, { port: 5443, tls }),
      await startRegistry(machine, { port: 5444, tls }),
    ];
    const [first = '', second = ''] = registries;
    const client = await authority.issue('client.test');
    await machine.write(
      DECLARATION,
      `{
        daemon: { 'exec-opts': ['native.cgroupdriver=cgroupfs'], 'live-restore': true },
        mirrors: ['${GOOD}'],
        registries: {
          '${first}': { ca: { file: '${authority.ca}' } },
          '${second}': { ca: { file: '${authority.ca}' }, cert: '${client.cert}', key: '${client.key}' },
        },
        certificates: { 'www.registry.test': { deploy: [{ to: '/srv/tls' }] } },
      }`,
    );
  });

  test('is carried out in one change with one restart, and then there is nothing left to do', async () => {
    await machine.sh('mkdir -p /srv/tls');
    expect(await machine.dockerctl('certs', 'init', '--name', 'Declared')).toMatchObject({
      status: 0,
    });
    const before = await daemonIdentity(machine);
    const applied = await machine.dockerctl('apply', '--json');
    expect(dataOf(applied)).toMatchObject({ status: 'applied', findings: [] });
    const after = await daemonIdentity(machine);
    expect(after.pid).not.toBe(before.pid);
    expect(JSON.parse(await mirrorsOf(machine))).toEqual([GOOD]);
    for (const registry of registries)
      expect(await push(machine, registry)).toMatchObject({ status: 0 });
    await machine.sh('openssl verify -CAfile /srv/tls/ca.crt /srv/tls/www.registry.test.crt');

    expect(dataOf(await machine.dockerctl('apply', '--json'))).toMatchObject({
      status: 'unchanged',
      certificates: [],
    });
    expect(await machine.dockerctl('drift')).toMatchObject({ status: 0 });
    expect(await daemonIdentity(machine)).toEqual(after);
  });

  test('is missed where a CA is gone, and mended without dockerd', async () => {
    const before = await daemonIdentity(machine);
    const [registry = ''] = registries;
    await machine.sh(`rm /etc/docker/certs.d/${registry}/ca.crt`);
    expect(await machine.dockerctl('drift')).toMatchObject({ status: 1 });
    expect(await machine.dockerctl('drift', '--repair')).toMatchObject({ status: 0 });
    expect(await push(machine, registry)).toMatchObject({ status: 0 });
    expect(await daemonIdentity(machine)).toEqual(before);
  });

  test('is adopted from what is there, so that nothing differs', async () => {
    await machine.sh(`rm ${DECLARATION}`);
    expect(await machine.dockerctl('adopt')).toMatchObject({ status: 0 });
    expect(await machine.dockerctl('drift')).toMatchObject({ status: 0 });
    expect((await machine.dockerctl('adopt')).status).toBe(3);
  });
});

describe('the agent', () => {
  const machine = useMachine();
  const content = `{"registry-mirrors":["${GOOD}"],"log-driver":"json-file"}\n`;
  const declare = (policy: string) =>
    machine.write(
      DECLARATION,
      `{ config: '${FILE}', mirrors: ['${GOOD}'], drift: { default: '${policy}' } }`,
    );
  const isBack = `docker info -f "{{json .RegistryConfig.Mirrors}}" | grep -q mirror.example && grep -q mirror.example ${FILE}`;

  beforeAll(async () => {
    await machine.write(FILE, content);
    await machine.sh('systemctl reload docker');
    await declare('repair');
    expect(await machine.dockerctl('service', 'install')).toMatchObject({ status: 0 });
    await until(machine, 'test -s /var/lib/dockerctl/last-good.json');
  });

  /** `resume` forgives: each test begins as on another day. */
  beforeEach(() => machine.dockerctl('resume'));

  test('comes with units that systemd has nothing to say against', async () => {
    const verified = await machine.exec([
      'systemd-analyze',
      '--man=no',
      'verify',
      '/etc/systemd/system/dockerctl.service',
      '/etc/systemd/system/dockerctl-recover.service',
    ]);
    expect(verified.stderr + verified.stdout).not.toMatch(/dockerctl/);
    expect(verified.status).toBe(0);
  });

  test('orders what takes back a change that was cut off before docker, at every boot', async () => {
    const order = await machine.sh('systemctl show --value -p Before dockerctl-recover.service');
    expect(order.split(' ')).toEqual(expect.arrayContaining(['docker.service', 'docker.socket']));
    expect(await machine.sh('systemctl is-enabled dockerctl-recover.service')).toBe('enabled');
  });

  test('is confined, and yet can do its work', async () => {
    const security = await machine.sh('systemd-analyze security dockerctl | tail -1');
    expect(
      Number(/level for dockerctl\.service: ([\d.]+)/.exec(security)?.[1]),
    ).toBeLessThanOrEqual(3);
    expect(await machine.sh('systemctl is-active dockerctl')).toBe('active');
  });

  const other = content.replace('mirror.example', 'other.example').trim();
  test.each([
    ['an editor that writes in place', `echo '${other}' >${FILE}`],
    ['sed -i', `sed -i s/mirror.example/other.example/ ${FILE}`],
    ['cp', `echo '${other}' >/run/other; cp /run/other ${FILE}`],
    ['a rename over it', `echo '${other}' >/etc/docker/.tmp; mv /etc/docker/.tmp ${FILE}`],
    [
      'an editor that renames it away',
      `mv ${FILE} ${FILE}~; echo '${other}' >${FILE}; rm ${FILE}~`,
    ],
    ['a reload with it', `sed -i s/mirror.example/other.example/ ${FILE}; systemctl reload docker`],
    ['a deletion', `rm ${FILE}`],
    ['an emptied file', `: >${FILE}`],
    ['half a file', `printf '{"registry-mirrors":["https' >${FILE}`],
  ])('undoes %s, says it once, and does not restart dockerd', async (_, edit) => {
    await machine.dockerctl('resume');
    const before = await daemonIdentity(machine);
    const said = await countOf(machine, DETECTED);
    await machine.sh(edit);
    await until(
      machine,
      `[ "$(journalctl -o json MESSAGE_ID=${DETECTED} | grep -c .)" -gt ${said} ]`,
    );
    await until(machine, isBack);
    await until(machine, '! test -e /var/lib/dockerctl/journal.json');
    expect(await machine.read(FILE)).toBe(content);
    expect(await daemonIdentity(machine)).toEqual(before);
    expect(await countOf(machine, DETECTED)).toBe(said + 1);
    const entry = JSON.parse(
      await machine.sh(`journalctl -o json -n 1 MESSAGE_ID=${DETECTED}`),
    ) as Record<string, string>;
    expect(entry).toMatchObject({
      DOCKERCTL_EVENT: 'drift-detected',
      DOCKERCTL_SCOPE: 'daemon',
      DOCKERCTL_PATH: FILE,
      PRIORITY: '4',
    });
  });

  test('lets a second manager win, with one alert', async () => {
    await machine.sh(`
      systemd-run --quiet --unit=rival bash -c \\
        'while true; do echo ${JSON.stringify(other)} >${FILE}; sleep 2; done'
    `);
    const fights = await countOf(machine, FIGHT);
    await until(
      machine,
      `[ "$(journalctl -o json MESSAGE_ID=${FIGHT} | grep -c .)" -gt ${fights} ]`,
    );
    const stopped = await machine.sh(`ls /var/lib/dockerctl/generations | wc -l`);
    const writes = await machine.sh(`stat -c %Y ${FILE}`);
    await until(machine, `[ $(stat -c %Y ${FILE}) -gt $((${writes} + 6)) ]`);
    expect(await machine.sh(`ls /var/lib/dockerctl/generations | wc -l`)).toBe(stopped);
    expect(await countOf(machine, FIGHT)).toBe(fights + 1);
    await machine.sh('systemctl stop rival');
    await machine.write(FILE, content);
  });

  test('finds a daemon that was started with another file', async () => {
    await machine.write('/etc/docker/other.json', '{}');
    await machine.write(
      '/run/systemd/system/docker.service.d/other.conf',
      '[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd -H fd:// --config-file=/etc/docker/other.json\n',
    );
    await machine.sh('systemctl daemon-reload; systemctl restart docker');
    const drift = await machine.dockerctl('drift', '--json');
    expect(drift.status).toBe(1);
    const { data } = JSON.parse(drift.stdout) as { data: { findings: { code: string }[] } };
    expect(data.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['drift-other-file', 'drift-stale']),
    );
    await machine.sh(
      'rm /run/systemd/system/docker.service.d/other.conf; systemctl daemon-reload; systemctl restart docker',
    );
    expect(await machine.dockerctl('drift')).toMatchObject({ status: 0 });
  });

  test('goes on with the last good declaration while there is an error in the new one', async () => {
    await machine.write(DECLARATION, '{ mirrors: [ }');
    await until(machine, 'journalctl -o cat -t dockerctl | grep -q declaration-refused');
    await machine.sh(`sed -i s/mirror.example/other.example/ ${FILE}`);
    await until(machine, isBack);
    await declare('repair');
  });

  test('repairs nothing in a pause', async () => {
    await machine.dockerctl('pause', '--reason', 'a test', '--for', '1h');
    await until(machine, `journalctl -o cat -t dockerctl | grep -q "paused: by root: a test"`);
    const said = await countOf(machine, DETECTED);
    await machine.sh(`sed -i s/mirror.example/other.example/ ${FILE}`);
    await until(
      machine,
      `[ "$(journalctl -o json MESSAGE_ID=${DETECTED} | grep -c .)" -gt ${said} ]`,
    );
    expect(await machine.read(FILE)).toContain('other.example');
    await machine.dockerctl('resume');
    await until(machine, isBack);
  });

  test('leaves a whole file whenever it is killed, and settles it when it starts again', async () => {
    for (let round = 0; round < 15; round += 1) {
      await machine.dockerctl('resume');
      await machine.sh(`sed -i s/mirror.example/other.example/ ${FILE}`);
      await machine.sh(`
        sleep 0.$((RANDOM % 90 + 10)); [ $((RANDOM % 2)) = 0 ] && sleep 0.6
        systemctl kill -s KILL --kill-who=main dockerctl || true # between two lives there is nobody to kill
        grep -qE '^.{50,}json-file.{0,2}$' ${FILE}
      `);
      await until(machine, isBack);
    }
    await until(machine, '! test -e /var/lib/dockerctl/journal.json');
    expect(await machine.read(FILE)).toBe(content);
  });

  test('ends when it is told to, and is gone when it is removed', async () => {
    expect(await machine.dockerctl('service', 'remove')).toMatchObject({ status: 0 });
    expect(await machine.sh('systemctl is-active dockerctl || true')).toBe('inactive');
    expect(await machine.sh('ls /etc/systemd/system | grep -c dockerctl || true')).toBe('0');
  });
});
