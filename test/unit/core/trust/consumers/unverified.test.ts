import { describe, expect, test } from '@jest/globals';
import { parseRegistry } from '../../../../../src/core/registry/address.js';
import {
  unverifiedBy,
  unverifiedNotes,
} from '../../../../../src/core/trust/consumers/unverified.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const request = {
  registry: parseRegistry('r.test'),
  machine: { certsDir: '/etc/docker/certs.d', mirrors: [], chosen: null },
  material: { ca: 'PEM', client: null, insecure: false },
};
const HOSTS = '/etc/docker/certs.d/r.test/hosts.toml';
const by = (files: Readonly<Record<string, string>>) =>
  unverifiedBy(request, treeOf(files)).map(({ consumer }) => consumer);

describe('who verifies nothing for a registry, by a file of its own', () => {
  test.each<[string, string, string, string[]]>([
    ['skip_verify', HOSTS, 'skip_verify = true\n', ['docker']],
    ['an http server', HOSTS, 'server = "http://r.test"\n', ['docker']],
    ['an http host that is the registry', HOSTS, '[host."http://r.test"]\n', ['docker']],
    ['that of a mirror', HOSTS, '[host."http://m.test"]\nskip_verify = true\n', []],
    ['a file that is passed over', HOSTS, 'skip_verify = true\nca = 5\n', []],
    ['containerd', HOSTS.replace('docker', 'containerd'), 'skip_verify = true\n', ['containerd']],
    [
      'podman',
      '/etc/containers/registries.conf',
      '[[registry]]\nlocation = "r.test"\ninsecure = true\n',
      ['podman'],
    ],
    [
      'buildkit',
      '/etc/buildkit/buildkitd.toml',
      '[registry."r.test"]\nhttp = true\n',
      ['buildkit'],
    ],
    [
      'another registry',
      '/etc/buildkit/buildkitd.toml',
      '[registry."r.test:443"]\nhttp = true\n',
      [],
    ],
  ])('%s', (_, path, text, consumers) => {
    expect(by({ [path]: text })).toEqual(consumers);
  });
});

describe('what is said', () => {
  const open = treeOf({ [HOSTS]: 'skip_verify = true\n' });
  const notes = (left: typeof open, given: Partial<typeof request.material> = {}) =>
    unverifiedNotes({ ...request, material: { ...request.material, ...given } }, ['docker'], {
      before: open,
      left,
    });

  test('of what stays, and of what was taken out', () => {
    expect(notes(open)).toEqual([
      expect.stringMatching(/^docker verifies nothing for r\.test.*--yes/),
    ]);
    expect(notes(new Map())).toEqual([
      expect.stringMatching(/^docker verified nothing.*taken out/),
    ]);
  });

  test('nothing where no CA shall count, or of those that were not chosen', () => {
    expect(notes(open, { insecure: true })).toEqual([]);
    expect(notes(open, { ca: null as never })).toEqual([]);
    expect(unverifiedNotes(request, ['podman'], { before: open, left: open })).toEqual([]);
  });
});
