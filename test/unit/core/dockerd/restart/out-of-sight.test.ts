import { describe, expect, test } from '@jest/globals';
import {
  elsewhereOf,
  elsewhereText,
} from '../../../../../src/core/dockerd/restart/out-of-sight.js';
import { inventoryOf } from '../../../../../src/core/dockerd/observed/inventory.js';
import { NO_WITNESSES } from '../../../../../src/core/dockerd/observed/witnesses.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';
import { image, planOf } from '../../../../support/plans.js';

const INFO = { DockerRootDir: '/var/lib/docker', Driver: 'overlay2', Images: 3, Containers: 2 };

describe('elsewhereOf', () => {
  const observed = observedDaemon();
  const keysOf = (before: string | null, after: string, version = '28.5.2') =>
    elsewhereOf(
      planOf([
        {
          path: observed.configPath,
          before: before === null ? null : image(before),
          after: image(after),
        },
      ]),
      { ...observed, version },
    )?.keys ?? null;

  test.each([
    [null, '{"data-root":"/srv"}', ['data-root']],
    ['{"userns-remap":"default"}', '{}', ['userns-remap']],
    ['{}', '{"features":{"containerd-snapshotter":true}}', ['features.containerd-snapshotter']],
    ['{}', '{"features":{"cdi":true}}', null],
    ['{"data-root":"/srv"}', '{"data-root":"/srv","debug":true}', null],
  ])('%s → %s', (before, after, keys) => {
    expect(keysOf(before, after)).toEqual(keys);
  });

  test('what is written and not in force yet counts, whoever wrote it', () => {
    const running = { ...INFO, SecurityOptions: [] };
    const seen = (parts: Parameters<typeof observedDaemon>[0]) =>
      elsewhereOf(planOf([]), observedDaemon({ version: '28.5.2', info: running, ...parts }))
        ?.keys ?? null;
    expect(seen({ configFile: image('{"storage-driver":"vfs"}') })).toEqual(['storage-driver']);
    expect(seen({ configFile: image('{"storage-driver":"overlay2"}') })).toBeNull();
    expect(seen({ configFile: image('{"features":{"containerd-snapshotter":true}}') })).toEqual([
      'features.containerd-snapshotter',
    ]);
    const startEnvironment = new Map([['DOCKER_DRIVER', { value: 'vfs', source: 'own.conf' }]]);
    expect(seen({ witnesses: { ...NO_WITNESSES, startEnvironment } })).toEqual(['storage-driver']);
    const words = (root: string) => ['/usr/sbin/dockerd', `--data-root=${root}`];
    const startWords = words('/srv').map((word) => ({ word, source: 'own.conf' }));
    expect(seen({ argv: words('/var/lib/docker'), startWords })).toEqual(['data-root']);
  });

  test('a flag that goes into the file changes nothing', () => {
    const words = ['/usr/sbin/dockerd', '--data-root=/srv'];
    const daemon = observedDaemon({
      argv: words,
      startWords: words.map((word) => ({ word, source: 'own.conf' })),
      info: { ...INFO, DockerRootDir: '/srv' },
    });
    const change = { path: daemon.configPath, before: null, after: image('{"data-root":"/srv"}') };
    expect(elsewhereOf(planOf([change]), daemon)).toBeNull();
  });

  test('20.10 has one image store', () => {
    expect(keysOf('{}', '{"features":{"containerd-snapshotter":true}}', '20.10.24')).toBeNull();
  });
});

describe('what is lost from sight', () => {
  const before = inventoryOf(INFO, 1);

  test('is foreseen: volumes stay with another storage driver', () => {
    expect(elsewhereText({ keys: ['storage-driver'], volumes: false }, before)).toMatch(
      /3 images and 2 containers of today go out of sight\. They stay in \/var\/lib\/docker\/overlay2/,
    );
    expect(elsewhereText({ keys: ['data-root'], volumes: true }, before)).toMatch(
      /3 images, 2 containers and 1 volume/,
    );
    const empty = inventoryOf({ ...INFO, Images: 0, Containers: 0 }, 0);
    expect(elsewhereText({ keys: ['data-root'], volumes: true }, empty)).toBeNull();
  });
});
