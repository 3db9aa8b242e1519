import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { useMachine } from './support/machine.js';

const FILE = '/etc/docker/daemon.json';

interface Effective {
  readonly key: string;
  readonly value: unknown;
  readonly inForce: boolean | null;
  readonly evidence: string;
  readonly pending: { readonly value: unknown; readonly remedy: string } | null;
}

describe('what is said to be in force', () => {
  const machine = useMachine();

  /** What a container gets that is made now. */
  const logging = async (): Promise<unknown> =>
    JSON.parse(
      await machine.sh(
        `id=$(docker create --network none bb:1 true); docker inspect -f '{{json .HostConfig.LogConfig.Config}}' $id; docker rm $id >/dev/null`,
      ),
    );
  const bridge = (option: string) =>
    machine.sh(
      `docker network inspect -f '{{index .Options "com.docker.network.bridge.${option}"}}' bridge`,
    );
  const data = async (...args: readonly string[]): Promise<Record<string, unknown>> => {
    const { stdout } = await machine.dockerctl(...args, '--json');
    return (JSON.parse(stdout) as { readonly data: Record<string, unknown> }).data;
  };
  const effective = async (key: string): Promise<Effective | undefined> => {
    const { effective: values } = await data('config', 'show', key, '--effective');
    return (values as readonly Effective[])[0];
  };

  beforeAll(async () => {
    await machine.sh('systemctl stop docker.socket docker; systemctl reset-failed docker || true');
  });

  beforeEach(async () => {
    await machine.sh(
      `docker ps -aq | xargs -r docker rm -f >/dev/null || true; echo '{}' >${FILE}; systemctl reset-failed docker docker.socket || true; systemctl restart docker`,
    );
  });

  test('a restart that is pending survives every reload, in every view', async () => {
    await machine.write(FILE, '{"log-opts":{"max-size":"10m"},"insecure-registries":["r:5000"]}\n');
    await machine.sh('systemctl reload docker');
    await machine.dockerctl('insecure', 'add', 'b:5000', '--yes');
    expect(await logging()).toEqual({});
    expect(await effective('log-opts')).toMatchObject({
      value: {},
      inForce: true,
      pending: { value: { 'max-size': '10m' }, remedy: 'restart' },
    });
    expect(await data('daemon', 'status')).toMatchObject({ pending: ['log-opts'] });
    expect(await machine.dockerctl('config', 'diff')).toMatchObject({ status: 1 });
    expect(await machine.dockerctl('doctor', 'config-not-loaded')).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/log-opts/),
    });
    expect(
      await machine.dockerctl('config', 'set', 'log-opts.max-size', '10m', '--yes'),
    ).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/Restarted dockerd/),
    });
    expect(await logging()).toEqual({ 'max-size': '10m' });
    expect(await effective('log-opts')).toMatchObject({ inForce: true, pending: null });
  });

  test('a restart of ours that keeps containers leaves nothing pending', async () => {
    await machine.sh('docker run -d --name k1 --network none bb:1 sleep 8888');
    await machine.dockerctl('config', 'set', 'log-opts.max-size', '7m', '--yes');
    expect(await logging()).toEqual({ 'max-size': '7m' });
    expect(await data('daemon', 'status')).toMatchObject({ pending: [], untold: [] });
    expect(await machine.dockerctl('config', 'diff')).toMatchObject({ status: 0 });
    const again = await machine.dockerctl('config', 'set', 'log-opts.max-size', '7m', '--yes');
    expect(again.stdout).toMatch(/^Unchanged/);
  });

  test('what was taken out of the file by hand is told as long as dockerd has it', async () => {
    await machine.dockerctl('config', 'set', 'log-opts.max-size', '7m', '--yes');
    await machine.write(FILE, '{}\n');
    expect(await logging()).toEqual({ 'max-size': '7m' });
    expect(await effective('log-opts')).toMatchObject({
      value: { 'max-size': '7m' },
      pending: { remedy: 'restart' },
    });
    await machine.sh('systemctl restart docker');
    expect(await logging()).toEqual({});
    expect(await effective('log-opts')).toMatchObject({ pending: null });
  });

  test('a file that looks old is not taken for one that was loaded', async () => {
    await machine.write(FILE, '{"log-opts":{"max-size":"10m"}}\n');
    await machine.sh(`touch -d '2 hours ago' ${FILE}`);
    expect(await data('daemon', 'status')).toMatchObject({ untold: ['log-opts'] });
    expect(await logging()).toEqual({});
  });

  test('the default bridge is as it is seen, and a change that cannot reach it is refused', async () => {
    await machine.sh('docker run -d --name k1 --network none bb:1 sleep 8888');
    expect(await machine.dockerctl('config', 'set', 'icc', 'false', '--yes')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/icc, as it is while containers run/),
    });
    await machine.write(FILE, '{"icc":false,"live-restore":true}\n');
    await machine.sh(
      `systemctl reload docker; until [ "$(docker info -f '{{.LiveRestoreEnabled}}')" = true ]; do :; done; systemctl restart docker`,
    );
    expect(await bridge('enable_icc')).toBe('true');
    expect(await effective('icc')).toMatchObject({
      value: true,
      pending: { value: false, remedy: 'restart without containers' },
    });
    await machine.sh('docker rm -f k1; systemctl restart docker');
    expect(await bridge('enable_icc')).toBe('false');
    expect(await effective('icc')).toMatchObject({ value: false, inForce: true, pending: null });
  });

  test('a key that already counts is written without a restart', async () => {
    const pid = await machine.sh('systemctl show -P MainPID docker');
    const ran = await machine.dockerctl('cgroup', 'set', 'systemd', '--yes');
    expect(ran).toMatchObject({ status: 0, stdout: expect.stringMatching(/was not touched/) });
    expect(await machine.sh('systemctl show -P MainPID docker')).toBe(pid);
  });

  test('pools are in force after a reload, whatever /info prints then', async () => {
    const pools = [{ base: '10.55.0.0/16', size: 24 }];
    await machine.dockerctl(
      'config',
      'set',
      'default-address-pools',
      JSON.stringify(pools),
      '--yes',
    );
    await machine.sh('systemctl reload docker');
    const made = `docker network create n1 >/dev/null; docker network inspect -f '{{(index .IPAM.Config 0).Subnet}}' n1; docker network rm n1 >/dev/null`;
    expect(await machine.sh(made)).toMatch(/^10\.55\./);
    expect(await effective('default-address-pools')).toMatchObject({
      pending: null,
      inForce: true,
    });
    expect(await machine.dockerctl('config', 'diff')).toMatchObject({ status: 0 });
  });

  test('no-new-privileges is kept on an engine that does not show it', async () => {
    const ran = await machine.dockerctl('config', 'set', 'no-new-privileges', 'true', '--yes');
    expect(ran.status).toBe(0);
    const seen = await machine.sh(
      'docker run --rm --network none bb:1 sh -c "grep NoNewPrivs /proc/self/status"',
    );
    expect(seen).toMatch(/1$/);
  });

  test('without iptables the default bridge does not masquerade, and that is not pending', async () => {
    const ran = await machine.dockerctl('config', 'set', 'iptables', 'false', '--yes');
    expect(ran.stdout).toMatch(/rules that dockerd has made stay in the kernel/);
    expect(ran.stdout).not.toMatch(/Pending/);
    expect(await effective('ip-masq')).toMatchObject({
      value: false,
      inForce: true,
      pending: null,
    });
  });

  test('a folder that we make beside daemon.json says nothing of daemon.json', async () => {
    // A file that went within the second of dockerd's start may have been there at that.
    await machine.sh(
      `rm -rf ${FILE} /etc/docker/certs.d; until (($(date +%s) > $(stat -c %Z /etc/docker) + 1)); do sleep 0.1; done; systemctl restart docker; openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /root/k.pem -out /root/ca.pem -subj '/CN=own' -days 9 2>/dev/null`,
    );
    await machine.dockerctl(
      'trust',
      'add-registry',
      'r.test:5000',
      '--ca',
      '/root/ca.pem',
      '--yes',
    );
    expect(await machine.sh('ls /etc/docker/certs.d')).toMatch('r.test:5000');
    expect(await data('daemon', 'status')).toMatchObject({ pending: [], untold: [] });
    expect(await machine.dockerctl('config', 'diff')).toMatchObject({ status: 0 });
    const doctor = await machine.dockerctl('doctor', 'config-before-unknown');
    expect(doctor).toMatchObject({ status: 0 });
  });

  test('every start forgets network-diagnostic-port', async () => {
    await machine.dockerctl('config', 'set', 'network-diagnostic-port', '2111', '--yes');
    const open = () => machine.sh('ss -Hltn "sport = :2111" | wc -l');
    expect(await open()).toBe('1');
    expect(await effective('network-diagnostic-port')).toMatchObject({ pending: null });
    const { pending } = await data('daemon', 'restart');
    expect(await open()).toBe('0');
    expect(pending).toEqual([expect.stringMatching(/network-diagnostic-port.*daemon reload/)]);
  });

  test('a flag goes into the file with the change that it is in the way of, and comes back', async () => {
    const dropIn = '/etc/systemd/system/docker.service.d/flags.conf';
    await machine.write(
      '/etc/default/docker',
      'DOCKER_OPTS="--insecure-registry r:5000 --label a=b"\n',
    );
    await machine.write(
      dropIn,
      '[Service]\nEnvironmentFile=-/etc/default/docker\nExecStart=\nExecStart=/usr/sbin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock $DOCKER_OPTS\n',
    );
    await machine.sh('systemctl daemon-reload; systemctl restart docker');
    const insecure = () =>
      machine.sh(
        `docker info -f '{{range $name, $r := .RegistryConfig.IndexConfigs}}{{$name}}={{$r.Secure}} {{end}}'`,
      );
    try {
      await machine.sh('docker run -d --name k1 --network none bb:1 sleep 8888');
      expect(await machine.dockerctl('insecure', 'remove', 'r:5000')).toMatchObject({
        status: 3,
        stderr: expect.stringMatching(
          /--insecure-registry r:5000\) in \/etc\/default\/docker.*import-flags/s,
        ),
      });
      expect(await insecure()).toMatch(/r:5000=false/);
      const { generation } = await data('insecure', 'remove', 'r:5000', '--yes');
      expect(await insecure()).not.toMatch(/r:5000/);
      expect(await machine.sh(`docker info -f '{{.Labels}}'`)).toBe('[a=b]');
      expect(await machine.dockerctl('config', 'import-flags', '--yes')).toMatchObject({
        status: 0,
      });
      expect(JSON.parse(await machine.read(FILE))).toEqual({ labels: ['a=b'] });
      expect(await machine.sh(`docker ps --format '{{.Names}}'`)).toBe('k1');
      expect(
        await machine.dockerctl('config', 'rollback', String(generation), '--yes'),
      ).toMatchObject({ status: 0 });
      expect(await insecure()).toMatch(/r:5000=false/);
      expect(await machine.sh(`docker ps --format '{{.Names}}'`)).toBe('k1');
    } finally {
      await machine.sh(`rm -f ${dropIn} /etc/default/docker; systemctl daemon-reload`);
    }
  });

  test('a variable of the unit with which dockerd does not start is no reason to lose it', async () => {
    const dropIn = '/etc/systemd/system/docker.service.d/environment.conf';
    await machine.sh('rm -f /etc/docker/daemon.json; systemctl restart docker');
    const before = await machine.sh('pidof dockerd');
    await machine.sh('docker run -d --rm --name web --network none bb:1 sleep 9999');
    await machine.write(dropIn, '[Service]\nEnvironment=DOCKER_DRIVER=zfs\n');
    try {
      const restart = ['daemon', 'restart', '--containers', 'stop', '--yes'];
      const refused = await machine.dockerctl(...restart);
      expect(refused).toMatchObject({
        status: 3,
        stderr: expect.stringMatching(/environment\.conf.*DOCKER_DRIVER=zfs/),
      });
      const [, hint = ''] = /Try: `(.*?)`/.exec(refused.stderr) ?? [];
      await machine.sh(`${hint} --yes`);
      expect(await machine.sh('pidof dockerd')).toBe(before);
      expect(await machine.dockerctl(...restart)).toMatchObject({ status: 0 });
    } finally {
      await machine.sh(`
        rm -f /etc/systemd/system/docker.service.d/*; docker rm -f web || true; systemctl daemon-reload; systemctl restart docker`);
    }
  });

  test('the environment is the third source, with its place', async () => {
    const dropIn = '/etc/systemd/system/docker.service.d/environment.conf';
    await machine.write(FILE, '{"storage-driver":"overlay2"}\n');
    await machine.write(dropIn, '[Service]\nEnvironment=DOCKER_DRIVER=vfs\n');
    await machine.sh('systemctl daemon-reload; systemctl restart docker');
    try {
      expect(await machine.sh('docker info -f "{{.Driver}}"')).toBe('vfs');
      const { stdout } = await machine.dockerctl('config', 'show', 'storage-driver', '--effective');
      expect(stdout).toMatch(
        /^storage-driver\s+"vfs"\s+\(environment: .*environment\.conf; also file:/,
      );
      expect(await machine.dockerctl('config', 'diff')).toMatchObject({ status: 0 });
    } finally {
      await machine.sh(`rm ${dropIn}; systemctl daemon-reload`);
    }
  });
});
