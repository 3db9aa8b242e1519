import { describe, expect, test } from '@jest/globals';
import type { Snapshot } from '../../../../../../src/core/plan/snapshot.js';
import { parseRegistry } from '../../../../../../src/core/registry/address.js';
import {
  certsDir,
  containerd,
} from '../../../../../../src/core/trust/consumers/containerd/containerd.js';
import type { Machine } from '../../../../../../src/core/trust/contributions/consumer.js';
import { after } from '../../../../../../src/core/trust/contributions/contribution.js';
import { treeOf } from '../../../../../support/doctor-facts.js';

const MAIN = '/etc/containerd/config.toml';
const CRI = 'plugins."io.containerd.grpc.v1.cri".registry';
const FOLDER = '/etc/containerd/certs.d/r.test:5000';
const MACHINE: Machine = { certsDir: '/etc/docker/certs.d', mirrors: [], chosen: null };
const request = (machine: Partial<Machine> = {}) => ({
  registry: parseRegistry('r.test:5000'),
  machine: { ...MACHINE, ...machine },
  material: { ca: 'PEM', client: null, insecure: false },
});
const add = (files: Readonly<Record<string, string>>, machine: Partial<Machine> = {}) => {
  const { changes, refresh, notes } = containerd.add(request(machine), treeOf(files));
  const config = changes.find(({ path }) => path === MAIN)?.after?.content;
  return {
    paths: changes.map(({ path }) => path),
    config: config !== undefined && 'text' in config ? config.text : null,
    restarts: refresh.map(({ argv }) => argv.join(' ')),
    notes,
  };
};
const CHOSEN = { chosen: ['containerd'] as const };

describe('a registry is added', () => {
  test('beside its hosts.toml; config.toml is left alone where nobody asks the CRI plugin', () => {
    expect(add({})).toMatchObject({
      paths: [`${FOLDER}/ca.crt`, `${FOLDER}/hosts.toml`],
      restarts: [],
    });
  });

  /** containerd docs/cri/registry.md: config_path, read at the start; its table is named by the version of the file. */
  test.each([
    ['version = 2\n', 'io.containerd.grpc.v1.cri'],
    ['version = 3\n', 'io.containerd.cri.v1.images'],
  ])('%j gets config_path in the table of its version, and a restart', (text, plugin) => {
    const { config, restarts } = add({ [MAIN]: text, '/var/lib/kubelet/x': '' });
    expect(config).toContain(
      `[plugins."${plugin}".registry]\nconfig_path = "/etc/containerd/certs.d"`,
    );
    expect(restarts).toEqual(['systemctl try-restart containerd.service']);
  });

  test('named by --to it gets config_path; named by a declaration it does not', () => {
    expect(add({}, CHOSEN).config).toContain('config_path');
    expect(add({}, { ...CHOSEN, declared: true }).config).toBeNull();
  });

  test.each([
    ['a config_path that is there', `version = 2\n[${CRI}]\nconfig_path = "/own"\n`],
    ['a plugin that is switched off', 'version = 2\ndisabled_plugins = ["cri"]\n'],
    ['one switched off by its whole name', 'disabled_plugins = ["io.containerd.grpc.v1.cri"]\n'],
  ])('%s stays', (_, text) => {
    expect(add({ [MAIN]: text }, CHOSEN)).toMatchObject({ config: null, restarts: [], notes: [] });
  });

  test('the old tables stay, and what that means is said', () => {
    const text = `version = 2\n[${CRI}.mirrors."x"]\nendpoint = ["https://m"]\n`;
    const { config, notes } = add({ [MAIN]: text }, CHOSEN);
    expect(config).toBeNull();
    expect(notes.join()).toContain('dockerctl trust migrate --to containerd');
  });
});

test('where config_path points is where the folders are; of several the first', () => {
  const at = (path: string) =>
    certsDir(treeOf({ [MAIN]: `version = 2\n[${CRI}]\nconfig_path = "${path}"\n` }));
  expect([at('/a:/b'), at('relative'), at('')]).toEqual([
    '/a',
    '/etc/containerd/certs.d',
    '/etc/containerd/certs.d',
  ]);
});

describe('a registry is taken back', () => {
  const left = (snapshot: Snapshot) =>
    [...after(snapshot, containerd.remove(request(), snapshot).changes)].flatMap(([path, entry]) =>
      entry?.kind === 'file' ? [path] : [],
    );
  const with_ = (files: Readonly<Record<string, string>>) => {
    const snapshot = treeOf(files);
    return after(snapshot, containerd.add(request(CHOSEN), snapshot).changes);
  };

  test('the last one, with config_path; one of several, without', () => {
    expect(left(with_({}))).toEqual([]);
    const other = '/etc/containerd/certs.d/other/hosts.toml';
    expect(left(with_({ [other]: 'server = "https://other"\n' }))).toEqual([other, MAIN]);
  });
});

test('a change of config.toml, or of what it imports, takes a restart; others take none', () => {
  const follows = (path: string) =>
    containerd.follow?.([{ path, before: null, after: null }]).refresh.length;
  expect([MAIN, '/etc/containerd/conf.d/a.toml', `${FOLDER}/hosts.toml`].map(follows)).toEqual([
    1, 1, 0,
  ]);
});
