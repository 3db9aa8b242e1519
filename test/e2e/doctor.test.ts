import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DEFECTS } from './support/defects.js';
import { engine } from './support/engine.js';
import { useMachine } from './support/machine.js';
import { diagnose, expectFixed, heal, prepare } from './support/sick-machine.js';

const FAST = DEFECTS.filter(
  ({ fast, except = [] }) => fast === true && !except.includes(engine.docker),
);

describe('doctor on a fresh machine', () => {
  const machine = useMachine();
  const STATE = `(find /etc /var/lib/dockerctl -printf '%p %m %s %T@ %C@\\n' 2>/dev/null || true) | sort | sha256sum`;

  test('finds nothing, and changes nothing', async () => {
    const before = await machine.sh(STATE);
    const ran = await machine.dockerctl('doctor');
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout.trimEnd().split('\n')).toEqual(
      ran.stdout.match(/^ok .+$/gm)?.map((line) => line),
    );
    expect(await diagnose(machine, { deep: true })).toEqual([]);
    expect(await machine.sh(STATE)).toBe(before);
  });

  test('finds nothing on a machine without docker', async () => {
    await machine.sh(`
      systemctl stop docker.socket docker containerd
      DEBIAN_FRONTEND=noninteractive dpkg --purge --force-depends docker.io docker-cli 2>/dev/null || true
      rm -rf /etc/docker /usr/sbin/dockerd; systemctl daemon-reload
    `);
    const ran = await machine.dockerctl('doctor');
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).not.toMatch(/^(?!ok |$)/m);
  });
});

describe('doctor on an ordinary production machine', () => {
  const machine = useMachine();

  test('has no alarm for tcp with client certificates, mTLS in certs.d, own flags and socket activation', async () => {
    await prepare(machine);
    await machine.write(
      '/etc/docker/daemon.json',
      JSON.stringify({
        'live-restore': true,
        'log-opts': { 'max-size': '10m' },
        'exec-opts': ['native.cgroupdriver=systemd'],
        tlsverify: true,
        tlscacert: '/srv/lab/ca.crt',
        tlscert: '/srv/lab/server.crt',
        tlskey: '/srv/lab/server.key',
      }),
    );
    await machine.sh(`
      folder=/etc/docker/certs.d/registry.test:5443; mkdir -p $folder /var/lib/kubelet
      cp /srv/lab/ca.crt $folder/; cp /srv/lab/client.crt $folder/client.cert
      install -m 600 /srv/lab/client.key $folder/
      printf 'cgroupDriver: systemd\\n' >/var/lib/kubelet/config.yaml
      echo 'DOCKER_OPTS="--max-concurrent-uploads=3"' >>/etc/default/docker
      mkdir -p /etc/systemd/system/docker.service.d
      printf '%s\\n' [Service] ExecStart= 'ExecStart=/usr/sbin/dockerd -H fd:// -H tcp://0.0.0.0:2376 $DOCKER_OPTS' \\
        >/etc/systemd/system/docker.service.d/tcp.conf
      systemctl daemon-reload; systemctl disable docker.service; systemctl restart docker
    `);
    const found = await diagnose(machine, { deep: true });
    expect(found.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });
});

describe('doctor, a defect at a time', () => {
  const machine = useMachine();
  beforeAll(() => prepare(machine));
  beforeEach(() => heal(machine));

  test.each(FAST)('$code is found, fixed by its own hint, and gone', async (defect) => {
    await expectFixed(machine, defect);
  });

  describe('--fix', () => {
    const FOLDER = '/etc/docker/certs.d/registry.test:5443';
    const SEED = `
      mkdir -p ${FOLDER} /etc/docker/certs.d/registry.test_5000_; cd ${FOLDER}
      openssl x509 -in /srv/lab/ca.crt -outform DER -out ca.crt
      cp /srv/lab/client.crt client.cert; install -m 644 /srv/lab/client.key client.key
      cp /srv/lab/ca.crt old.pem; cp /srv/lab/ca.crt /etc/docker/certs.d/registry.test_5000_/
      cat /srv/other/ca.crt >>/etc/ssl/certs/ca-certificates.crt
      chmod 666 /run/docker.sock`;
    const SAFE = [
      'trust-ca-unreadable',
      'trust-key-readable',
      'trust-file-ignored',
      'certs-folder-containerd-only',
      'bundle-edited',
    ];
    const STATE = `find /etc/docker -type f -printf '%p %m ' -exec sha256sum {} \\; | sort`;

    test('fixes all that is safe in one change, leaves the rest, and can be taken back', async () => {
      await machine.sh(SEED);
      const before = await machine.sh(STATE);
      expect((await diagnose(machine)).map(({ code }) => code)).toEqual(
        expect.arrayContaining([...SAFE, 'socket-open-to-all']),
      );
      const fixed = await machine.dockerctl('doctor', '--fix', '--yes');
      expect(fixed).toMatchObject({
        status: 1,
        stderr: expect.stringContaining(`${FOLDER}/ca.crt`),
      });
      expect(fixed.stdout + fixed.stderr).not.toContain('PRIVATE KEY');
      const left = await diagnose(machine);
      expect(left.map(({ code }) => code).filter((code) => SAFE.includes(code))).toEqual([]);
      expect(left.map(({ code }) => code)).toContain('socket-open-to-all');
      expect(await machine.dockerctl('config', 'rollback', '--yes')).toMatchObject({ status: 0 });
      expect(await machine.sh(STATE)).toBe(before);
    });

    test('asks first: without a terminal and without --yes nothing is changed', async () => {
      await machine.sh(SEED);
      const before = await machine.sh(STATE);
      expect(await machine.dockerctl('doctor', '--fix')).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('--yes'),
      });
      expect(await machine.dockerctl('doctor', '--fix', '--dry-run')).toMatchObject({
        stdout: expect.stringContaining('Nothing was written'),
      });
      expect(await machine.sh(STATE)).toBe(before);
    });
  });
});
