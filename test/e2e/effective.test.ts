import { beforeAll, describe, expect, test } from '@jest/globals';
import { useMachine } from './support/machine.js';

const DROP_IN = '/etc/systemd/system/docker.service.d/flags.conf';

describe('the effective configuration', () => {
  const machine = useMachine();

  beforeAll(async () => {
    await machine.write(
      DROP_IN,
      '[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock --mtu=1400 $DOCKER_OPTS\n',
    );
    await machine.write(
      '/etc/default/docker',
      'DOCKER_OPTS="--label=from=default-file --log-driver=local"\n',
    );
    await machine.write('/etc/docker/daemon.json', '{ "max-concurrent-downloads": 7 }\n');
    await machine.sh('systemctl daemon-reload; systemctl restart docker');
  });

  const ROWS = [
    /\bmax-concurrent-downloads\s+7\b.*?\/etc\/docker\/daemon\.json/,
    /\blabels\s.*?from=default-file.*?\/etc\/default\/docker/,
    /\bmtu\s+1400\b.*?flags\.conf/,
    /\blog-driver\s+"?local"?.*?\/etc\/default\/docker/,
  ];

  test.each([
    ['config show --effective', ROWS],
    // One screen: the file's own first, and where the others are shown.
    ['status', [...ROWS.slice(0, 2), /and 2 more: dockerctl config show --effective/]],
  ])(
    'names the source of each value in `%s`: unit, environment file, daemon.json',
    async (line, rows) => {
      const { status, stdout } = await machine.dockerctl(...line.split(' '));
      expect(status).toBe(0);
      for (const row of rows) expect(stdout.replace(/\s+/g, ' ')).toMatch(row);
    },
  );

  test('is named where a change meets a flag that has the last word', async () => {
    const ran = await machine.dockerctl('config', 'set', 'mtu', '1300');
    expect(ran).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(
        /dockerd's flags \(--mtu=1400\).*docker\.service\.d\/flags\.conf/s,
      ),
    });
    expect(await machine.read('/etc/docker/daemon.json')).toBe(
      '{ "max-concurrent-downloads": 7 }\n',
    );
  });
});

describe('a dockerd that was started for the first time, without a daemon.json', () => {
  const machine = useMachine();

  test('is known to have its defaults, whatever it puts beside that file itself', async () => {
    await machine.sh(`systemctl stop docker.socket docker
      rm -f /etc/docker/daemon.json /etc/docker/key.json; systemctl start docker`);
    expect(await machine.dockerctl('config', 'diff')).toMatchObject({ status: 0 });
    await machine.sh('touch /etc/docker/other; rm /etc/docker/other');
    const ran = await machine.dockerctl('config', 'diff');
    expect(ran).toMatchObject({ status: 1, stdout: expect.stringContaining('nobody knows') });
  });
});
