import { beforeEach, describe, expect, test } from '@jest/globals';
import { dataOf } from './support/daemon.js';
import { engine } from './support/engine.js';
import { useMachine } from './support/machine.js';

const FILE = '/etc/docker/daemon.json';

describe('what a change ends or puts out of sight', () => {
  const machine = useMachine();
  const listed = async (): Promise<string> =>
    (
      await machine.sh(
        'docker images -q | wc -l; docker ps -aq | wc -l; docker volume ls -q | wc -l',
      )
    )
      .trim()
      .replaceAll('\n', ' ');

  beforeEach(async () => {
    await machine.sh(
      `echo '{}' >${FILE}; systemctl reset-failed docker docker.socket; systemctl restart docker; docker ps -aq | xargs -r docker rm -f >/dev/null; docker volume ls -q | xargs -r docker volume rm >/dev/null`,
    );
  });

  test('--containers stop names those that end and those that their policy starts anew', async () => {
    await machine.sh(
      'docker run -d --name anew --restart always --network none bb:1 sleep 8888; docker run -d --name gone --network none bb:1 sleep 8889',
    );
    const change = ['config', 'set', 'log-level', 'warn', '--containers', 'stop', '--yes'];
    const foreseen = await machine.dockerctl(...change, '--dry-run');
    expect(foreseen.stdout).toMatch(/it stops anew \(dockerd starts it again\), gone/);
    const ran = await machine.dockerctl(...change, '--json');
    expect(dataOf(ran)).toMatchObject({
      activated: { stopped: ['gone'], startedAnew: ['anew'], unlisted: [] },
    });
    const said = await machine.dockerctl('daemon', 'restart', '--containers', 'stop', '--yes');
    expect(said.stdout).toMatch(/Stopped anew, and dockerd started it anew by restart policy/);
    await machine.sh('docker start gone');
  });

  test.each([
    ['data-root', '/srv/other', '1 1 1', '/var/lib/docker/'],
    ['userns-remap', 'default', '1 1 1', '/var/lib/docker/'],
    ['storage-driver', 'vfs', '1 1 0', '/var/lib/docker/'],
    ...(engine.suite === 'bookworm'
      ? []
      : [['features.containerd-snapshotter', 'true', '1 1 0', '/var/lib/docker/']]),
  ])(
    '%s: images, containers and volumes are counted before and after',
    async (key, value, lost, place) => {
      await machine.sh(
        'docker run -d --name kk --restart always --network none bb:1 sleep 8888; docker volume create vv',
      );
      const before = await listed();
      const change = ['config', 'set', key, value, '--containers', 'stop', '--yes'];
      const foreseen = await machine.dockerctl(...change, '--dry-run');
      expect(foreseen.stdout).toMatch(
        /1 image(?:,| and) 1 container.* out of sight\. They stay in/,
      );
      expect(foreseen.stdout).toMatch(/it stops kk, and docker does not list it then/);
      const ran = await machine.dockerctl(...change, '--json');
      const [images, containers, volumes] = (await listed()).split(' ').map(Number);
      const was = before.split(' ').map(Number);
      expect(dataOf(ran)).toMatchObject({
        activated: {
          unlisted: ['kk'],
          stopped: [],
          outOfSight: {
            images: [was[0], images],
            containers: [was[1], containers],
            volumes: [was[2], volumes],
            place: expect.stringContaining(place),
          },
        },
      });
      expect(lost).toBe(
        [images, containers, volumes].map((now, at) => (was[at] ?? 0) - (now ?? 0)).join(' '),
      );
      await machine.dockerctl('config', 'rollback', '--containers', 'stop', '--yes');
      expect(await listed()).toBe(before);
    },
  );
});
