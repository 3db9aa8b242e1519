import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from './support/agent.js';
import { daemonIdentity } from './support/daemon.js';
import { useMachine } from './support/machine.js';

const CONFIG = '/etc/docker/daemon.json';
const BEFORE = '{\n  "debug": false\n}\n';
const SOCKET = '/run/docker.sock';
const WRAPPED = '/run/wrapped.sock';
const DOCKER = `docker -H unix://${WRAPPED}`;

/** Answers on a socket as a dockerd that has lost its way: with nothing, with no JSON, with errors, or as podman. */
const LIAR = `const [, , socket, how] = process.argv;
require('node:http').createServer((_, response) => {
  if (how === 'garbage') response.end('<html>');
  if (how === 'podman') response.setHeader('Libpod-Api-Version', '5.4.2').end('{"ServerVersion":"5.4.2","Debug":true}');
  if (how === 'errors') response.writeHead(500).end('{"message":"no"}');
}).listen(socket);
`;

const CHANGES: readonly (readonly string[])[] = [
  ['config', 'set', 'debug', 'true'],
  // As the file says already: nobody knows whether it is in force.
  ['config', 'set', 'debug', 'false'],
  ['config', 'set', 'log-opts.max-size', '10m'],
  // What dockerd does without it, too: nothing is to be told, and nobody knows what this one has.
  ['config', 'set', 'log-driver', 'json-file'],
  ['apply', '-f', '/root/default.json5'],
  ['daemon', 'reload'],
  ['daemon', 'restart'],
];

describe('a dockerd that runs and does not answer, with a container that nobody would start again', () => {
  const machine = useMachine();
  const container = () => machine.sh('pgrep -f "^sleep 8888" || true');
  const mainPid = () => machine.sh('systemctl show --value -p MainPID docker');
  let before = { pid: '', container: '', identity: {} };

  /** As machine.sh looks, and nothing of ours: the process of dockerd, that of the container, and the file. */
  const expectUntouched = async () => {
    expect({
      pid: await mainPid(),
      container: await container(),
      identity: await daemonIdentity(machine),
    }).toEqual(before);
    expect(await machine.read(CONFIG)).toBe(BEFORE);
  };

  const expectRefused = async () => {
    for (const change of CHANGES) {
      const ran = await machine.dockerctl(...change, '--yes', '--timeout', '6');
      expect({ change, ...ran }).toMatchObject({
        change,
        status: 3,
        stderr: expect.stringContaining('does not answer') as unknown,
      });
      expect(ran.stderr).toContain('nothing was written');
      expect(ran.stderr).toContain('k1');
      await expectUntouched();
      const dry = await machine.dockerctl(...change, '--dry-run', '--timeout', '6');
      expect({ change, status: dry.status }).toEqual({ change, status: 3 });
    }
  };

  beforeAll(async () => {
    await machine.write(CONFIG, BEFORE);
    await machine.write('/root/default.json5', "{ daemon: { 'log-driver': 'json-file' } }");
    await machine.write('/root/liar.cjs', LIAR);
    await machine.sh('systemctl reset-failed docker docker.socket; systemctl restart docker');
    await machine.sh('docker run -d --name k1 --network none bb:1 sleep 8888');
  });

  beforeEach(async () => {
    before = {
      pid: await mainPid(),
      container: await container(),
      identity: await daemonIdentity(machine),
    };
    expect(before.container).toMatch(/^\d+$/);
  });

  afterEach(async () => {
    await machine.sh(`kill -CONT $(pidof dockerd)
      [[ ! -e /run/liar.pid ]] || kill $(cat /run/liar.pid); rm -f /run/liar.pid
      [[ ! -e /run/real.sock ]] || mv -f /run/real.sock ${SOCKET}`);
  });

  test('because a signal stopped it is told nothing, and the cure is named', async () => {
    await machine.sh(`kill -STOP ${before.pid}`);
    await expectRefused();
    const { stderr } = await machine.dockerctl('daemon', 'reload', '--timeout', '6');
    const [, cure = ''] = /Try: let it go on: `(.*?)`/.exec(stderr) ?? [];
    await machine.sh(cure);
    expect(await machine.dockerctl('daemon', 'reload')).toMatchObject({ status: 0 });
    await expectUntouched();
  });

  test('because its socket is gone is told nothing', async () => {
    await machine.sh(`mv ${SOCKET} /run/real.sock`);
    await expectRefused();
  });

  test.each(['silence', 'garbage', 'errors'])(
    'because its socket gives %s is told nothing',
    async (how) => {
      await machine.sh(`mv ${SOCKET} /run/real.sock
      node /root/liar.cjs ${SOCKET} ${how} >/dev/null 2>&1 </dev/null & echo $! >/run/liar.pid
      until [[ -S ${SOCKET} ]]; do sleep 0.05; done`);
      await expectRefused();
    },
  );

  test('because podman-docker put a link in its place is told nothing, and the hint gives its own back', async () => {
    await machine.sh(`mkdir -p /run/podman
      node /root/liar.cjs /run/podman/podman.sock podman >/dev/null 2>&1 </dev/null & echo $! >/run/liar.pid
      until [[ -S /run/podman/podman.sock ]]; do sleep 0.05; done
      mv ${SOCKET} /run/real.sock; ln -s /run/podman/podman.sock ${SOCKET}`);
    const { stdout } = await machine.dockerctl('status');
    expect(stdout).toMatch(/on its socket\s+podman answers/);
    const doctor = await machine.dockerctl('doctor');
    expect(doctor.stdout).toContain('on its socket podman answers');
    expect(doctor.stdout).not.toContain('it talks to this engine');
    await expectRefused();
  });

  test('when the time to confirm is over gets its file back, and nothing else', async () => {
    const ran = await machine.dockerctl(
      'config',
      'set',
      'debug',
      'true',
      '--confirm-within',
      '4s',
      '--yes',
    );
    expect(ran).toMatchObject({ status: 0 });
    await machine.sh(`kill -STOP ${before.pid}
      until [[ $(cat ${CONFIG}) == *false* ]]; do sleep 0.2; done
      until ! systemctl list-units --no-legend 'dockerctl-undo*' | grep -q .; do sleep 0.2; done`);
    await expectUntouched();
    const history = await machine.dockerctl('config', 'history');
    expect(history.stdout).toContain('does not answer');
    await machine.sh(`kill -CONT ${before.pid}`);
    await machine.dockerctl('daemon', 'reload');
    await expectUntouched();
  });

  test('is left alone by the agent, which says why, and mends it when it answers', async () => {
    await machine.write(
      '/etc/dockerctl/dockerctl.json5',
      '{ daemon: { debug: false }, drift: { default: "repair" } }',
    );
    await machine.sh('dockerctl service install --yes');
    await machine.sh(`kill -STOP ${before.pid}`);
    await machine.write(CONFIG, '{ "debug": true }\n');
    await until(machine, 'journalctl -u dockerctl --no-pager | grep -q "does not answer"');
    expect(await mainPid()).toBe(before.pid);
    expect(await container()).toBe(before.container);
    await machine.sh(`kill -CONT ${before.pid}`);
    await until(machine, `! grep -q true ${CONFIG}`);
    expect(await mainPid()).toBe(before.pid);
    expect(await container()).toBe(before.container);
    await machine.sh('dockerctl service remove --yes');
    await machine.write(CONFIG, BEFORE);
    await machine.sh('systemctl reload docker');
  });
});

describe('a dockerd below a wrapper script without exec', () => {
  const machine = useMachine();
  const dockerd = () => machine.sh('pidof dockerd');
  const container = () => machine.sh('pgrep -f "^sleep 8888" || true');

  beforeAll(async () => {
    await machine.write(CONFIG, '{}\n');
    await machine.write('/usr/local/bin/wrapped', '#!/bin/sh\n/usr/sbin/dockerd "$@"\n', '0755');
    await machine.write(
      '/etc/systemd/system/docker.service.d/wrapper.conf',
      `[Service]\nType=simple\nExecStart=\nExecStart=/usr/local/bin/wrapped -H unix://${WRAPPED}\n`,
    );
    await machine.sh(`systemctl daemon-reload; systemctl reset-failed docker; systemctl restart docker
      until ${DOCKER} info >/dev/null 2>&1; do sleep 0.2; done
      ${DOCKER} run -d --name k1 --network none bb:1 sleep 8888`);
  });

  test('is the process that is told to reload', async () => {
    const [pid, running] = [await dockerd(), await container()];
    expect(await machine.dockerctl('config', 'set', 'debug', 'true', '--yes')).toMatchObject({
      status: 0,
    });
    expect(await machine.sh(`${DOCKER} info -f '{{.Debug}}'`)).toBe('true');
    expect(await dockerd()).toBe(pid);
    expect(await container()).toBe(running);
  });

  test('is not restarted: systemd would end the script and leave it behind', async () => {
    const [pid, running, file] = [await dockerd(), await container(), await machine.read(CONFIG)];
    const ran = await machine.dockerctl('config', 'set', 'log-opts.max-size', '10m', '--yes');
    expect(ran).toMatchObject({ status: 3 });
    expect(ran.stderr).toContain('exec');
    expect(await dockerd()).toBe(pid);
    expect(await container()).toBe(running);
    expect(await machine.read(CONFIG)).toBe(file);
  });
});

describe('a systemd that gives no answer, and a dockerd that is stopped', () => {
  const machine = useMachine();

  beforeAll(async () => {
    await machine.write(CONFIG, BEFORE);
    await machine.sh('systemctl stop docker.socket docker.service');
    await machine.write(
      '/usr/local/bin/systemctl',
      '#!/bin/sh\necho "Failed to connect to bus: Connection timed out" >&2\nexit 1\n',
      '0755',
    );
  });

  test.each([['config', 'set', 'debug', 'true', '--yes'], ['config', 'validate'], ['doctor']])(
    'nobody says that there is none: %s',
    async (...argv) => {
      expect(await machine.dockerctl(...argv)).toMatchObject({
        status: 3,
        stderr: expect.stringContaining('systemd gives no answer') as unknown,
      });
      expect(await machine.read(CONFIG)).toBe(BEFORE);
    },
  );

  test('status says so of dockerd, and shows the rest', async () => {
    const { status, stdout } = await machine.dockerctl('status');
    expect(status).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('systemd gives no answer');
    expect(stdout).toMatch(/^registries/m);
  });

  test('with its answer it is there again', async () => {
    await machine.sh('rm /usr/local/bin/systemctl');
    expect(await machine.dockerctl('config', 'set', 'debug', 'true', '--yes')).toMatchObject({
      status: 0,
    });
  });
});
