import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { BROKEN_STARTS, SEED_TOOLS } from './support/broken-starts.js';
import { engine } from './support/engine.js';
import { useMachine, type Machine } from './support/machine.js';
import { diagnose, type, type Found } from './support/sick-machine.js';

const CI = process.env.CI === 'true';
const BROKEN = BROKEN_STARTS.filter(
  ({ except = [], fast = false }) => !except.includes(engine.docker) && (fast || !CI),
);

/** As after the boot. */
async function restore(machine: Machine): Promise<void> {
  await machine.sh(`
    pkill -CONT -x dockerd || true
    rm -rf /etc/docker /etc/systemd /etc/default /etc/group /run/docker.pid /var/lib/dockerctl /srv/plain
    cp -a /srv/healthy/etc/{docker,systemd,default,group} /etc/
    systemctl daemon-reload; systemctl stop docker.socket docker.service
    systemctl reset-failed; systemctl start containerd docker.socket docker.service
    timeout 240 bash -c 'until docker version >/dev/null 2>&1; do sleep 0.1; done'
  `);
}

const answers = async (machine: Machine) =>
  (await machine.exec(['timeout', '10', 'docker', 'version'])).status === 0;

describe('from every broken start', () => {
  const machine = useMachine();
  beforeAll(async () => {
    await machine.sh('mkdir -p /srv/healthy /etc/docker; cp -a /etc /srv/healthy/');
  });
  afterEach(() => restore(machine));

  test.each(BROKEN)('one command of doctor brings docker back: $name', async ({ seed }) => {
    await machine.sh(`${SEED_TOOLS}\n${seed}`);
    expect(await answers(machine)).toBe(false);
    const [first] = (await diagnose(machine)).filter(({ severity }) => severity === 'error');
    const command = first?.hint ?? '';
    const ran = await type(machine, command);
    const isUp = await answers(machine);
    expect({ command, isUp, said: isUp ? '' : ran.stdout }).toEqual({
      command,
      isUp: true,
      said: '',
    });
  });
});

describe('what others than root can change', () => {
  const machine = useMachine();
  const FILE = '/etc/docker/daemon.json';
  const open = (findings: readonly Found[]) =>
    findings.filter(({ code }) => code === 'config-open-to-others').length;

  test.each([
    ['the file', `chmod 666 ${FILE}`],
    ['its folder', 'chmod 777 /etc/docker'],
    ['its owner', `chown 1234 ${FILE}`],
    ['the unit', 'chmod 666 $(systemctl show --value -p FragmentPath docker)'],
  ])('is found, and no daemon.json is written until it is closed: %s', async (_, seed) => {
    await machine.sh(`mkdir -p /etc/docker; echo '{}' >${FILE}; ${seed}`);
    expect(open(await diagnose(machine))).toBe(1);
    // A value that dockerd has not: it would be told.
    const change = ['config', 'set', 'labels', `n=${seed.length}`, '--yes'];
    const refused = await machine.dockerctl(...change);
    expect(refused).toMatchObject({ status: 3, stderr: expect.stringContaining('chmod go-w') });
    expect(await machine.read(FILE)).toBe('{}\n');
    await machine.dockerctl('doctor', '--fix', '--yes');
    expect(open(await diagnose(machine))).toBe(0);
    expect(await machine.dockerctl(...change)).toMatchObject({ status: 0 });
  });
});

describe("a user on a machine whose dockerd is root's", () => {
  const machine = useMachine();
  const asUser = (...args: readonly string[]) =>
    machine.exec(
      ['setpriv', '--reuid=4242', '--regid=4242', '--clear-groups', 'dockerctl', ...args],
      {
        env: { HOME: '/srv/user' },
      },
    );

  test('gets no private world unasked, and hears what is not to be seen', async () => {
    await machine.sh('mkdir -p /srv/user; chown 4242:4242 /srv/user; dockerctl certs init');
    for (const args of [
      ['adopt'],
      ['certs', 'init'],
      ['certs', 'issue', '--domain', 'a.test', '--init'],
    ])
      expect(await asUser(...args)).toMatchObject({
        status: 7,
        stderr: expect.stringContaining('--user'),
      });
    expect(await machine.sh('find /srv/user -mindepth 1 | wc -l')).toBe('0');
    const { stdout } = await asUser('status');
    expect(stdout).not.toMatch(/dockerctl certs init|dockerctl service install|dockerctl adopt/);
    expect(stdout.match(/only root can see/g)?.length).toBeGreaterThanOrEqual(3);
    expect(await asUser('certs', 'init', '--user')).toMatchObject({ status: 0 });
  });
});
