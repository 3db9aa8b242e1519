import { describe, expect, test } from '@jest/globals';
import { unitCommand, unitFiles, wantedPaths } from '../../../../src/core/doctor/reads.js';
import type { Snapshot } from '../../../../src/core/plan/snapshot.js';
import { doctorFacts, PACKAGED_UNIT, treeOf, type Machine } from '../../../support/doctor-facts.js';

const CERTS = '/etc/docker/certs.d';
const wanted = (files: NonNullable<Machine['files']> = {}, snapshot: Snapshot = treeOf(files)) =>
  wantedPaths(doctorFacts({ files }))(snapshot);

test('the unit and its drop-ins, in the order in which systemd reads them', () => {
  const properties = new Map([
    ['FragmentPath', PACKAGED_UNIT],
    ['DropInPaths', '/etc/a.conf /etc/b.conf'],
  ]);
  expect(unitFiles(properties)).toEqual([PACKAGED_UNIT, '/etc/a.conf', '/etc/b.conf']);
  expect(unitFiles(new Map([['FragmentPath', '']]))).toEqual([]);
  expect(unitFiles(undefined)).toEqual([]);
});

test('how the unit starts dockerd is read from its files', () => {
  const facts = doctorFacts();
  const words = unitCommand(facts, facts.snapshot)?.words.map(({ word }) => word);
  expect(words?.slice(0, 3)).toEqual(['/usr/sbin/dockerd', '-H', 'fd://']);
  const { observed } = doctorFacts({ observed: { manager: { kind: 'none' } } });
  expect(unitCommand({ ...facts, observed }, facts.snapshot)).toBeNull();
});

describe('what is looked at, before and after a first look', () => {
  test('names daemon.json, the unit, containerd, the kubelet, people’s config.json and certs.d at once', () => {
    const first = wanted({}, new Map());
    for (const path of [
      '/etc/docker/daemon.json',
      PACKAGED_UNIT,
      '/etc/containerd/config.toml',
      '/var/lib/kubelet/config.yaml',
      '/etc/default/docker',
      '/etc/group',
      '/root/.docker/config.json',
      CERTS,
    ])
      expect(first).toContain(path);
  });

  test('then what was found in them: the folders of registries, files of variables', () => {
    const unit = '[Service]\nEnvironmentFile=-/etc/docker/env\nExecStart=/usr/sbin/dockerd\n';
    const files = { [`${CERTS}/r.corp/ca.crt`]: 'x', [PACKAGED_UNIT]: unit };
    const then = wanted(files);
    expect(then).toContain(`${CERTS}/r.corp/ca.crt`);
    expect(then).toContain('/etc/docker/env');
    expect(wanted(files, new Map())).not.toContain(`${CERTS}/r.corp/ca.crt`);
  });

  test('a folder https: has the registry’s inside', () => {
    const then = wanted({ [`${CERTS}/https:/r.corp/ca.crt`]: 'x' });
    expect(then).toContain(`${CERTS}/https:/r.corp/ca.crt`);
  });

  test('a config.toml that is no TOML is looked at all the same', () => {
    expect(wanted({ '/etc/containerd/config.toml': 'version = ' })).toContain(
      '/etc/containerd/config.toml',
    );
  });
});
