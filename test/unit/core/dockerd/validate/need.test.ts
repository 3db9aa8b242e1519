import { describe, expect, test } from '@jest/globals';
import { judge } from '../../../../support/judge-config.js';
import { referenceHost } from '../../../../support/reference-host.js';

const needsOf = (text: string) =>
  judge(text).needs.map(({ key, needs, what, stops }) => [key, needs, what, stops]);

/** Each starts on a machine that has what it names, and not on the reference machine, which lacks it. */
const NEEDING = [
  [
    '{"default-runtime":"x","runtimes":{"x":{"path":"/opt/x","runtimeArgs":["-v"]}}}',
    'runtimes.x.path',
    'program',
    '/opt/x',
    'start',
  ],
  [
    '{"default-runtime":"x","runtimes":{"x":{"path":"/opt/x"}}}',
    'runtimes.x.path',
    'program',
    '/opt/x',
    'containers',
  ],
  [
    '{"default-runtime":"x","runtimes":{"x":{"runtimeType":"io.containerd.runsc.v1"}}}',
    'runtimes.x.runtimeType',
    'program',
    'containerd-shim-runsc-v1',
    'containers',
  ],
  [
    '{"default-runtime":"io.containerd.kata.v2"}',
    'default-runtime',
    'program',
    'containerd-shim-kata-v2',
    'containers',
  ],
  ['{"init":true,"init-path":"/opt/tini"}', 'init-path', 'program', '/opt/tini', 'containers'],
  [
    '{"seccomp-profile":"/etc/docker/seccomp.json"}',
    'seccomp-profile',
    'file',
    '/etc/docker/seccomp.json',
    'start',
  ],
  [
    '{"tlsverify":true,"tlscacert":"/ca","tlscert":"/root/cert","tlskey":"/root/cert"}',
    'tlscacert',
    'file',
    '/ca',
    'start',
  ],
  [
    '{"tlsverify":false}',
    'tlsverify',
    'file',
    '/root/.docker/cert.pem, as tlsverify gives no tlscert',
    'start',
  ],
  [
    '{"storage-driver":"btrfs"}',
    'storage-driver',
    'filesystem',
    'btrfs below /var/lib/docker',
    'start',
  ],
  [
    '{"storage-driver":"overlay2","data-root":"/srv/docker"}',
    'storage-driver',
    'filesystem',
    'a file system other than aufs, ecryptfs, nfs, overlayfs, zfs below /srv/docker',
    'start',
  ],
  [
    '{"storage-opts":["overlay2.size=10G"]}',
    'storage-opts.0',
    'filesystem',
    'xfs with project quotas (pquota) below /var/lib/docker',
    'start',
  ],
  ['{"storage-driver":"fuse-overlayfs"}', 'storage-driver', 'program', 'fuse-overlayfs', 'start'],
  ['{"bridge":"br0"}', 'bridge', 'bridge', 'br0', 'start'],
  [
    '{"cgroup-parent":"/docker"}',
    'cgroup-parent',
    'cgroup',
    'cgroup v1, or no systemd, so that the cgroup driver is cgroupfs',
    'start',
  ],
  [
    '{"cpu-rt-runtime":1000}',
    'cpu-rt-runtime',
    'cgroup',
    'cgroup v1, and a kernel with CONFIG_RT_GROUP_SCHED',
    'start',
  ],
  [
    '{"userns-remap":"bob"}',
    'userns-remap',
    'user',
    'bob, with ranges in /etc/subuid and /etc/subgid',
    'start',
  ],
  ['{"group":"ops"}', 'group', 'group', 'ops', 'start'],
  [
    '{"authorization-plugins":["opa"]}',
    'authorization-plugins.0',
    'plugin',
    'opa, for authorization',
    'start',
  ],
  ['{"log-driver":"loki"}', 'log-driver', 'plugin', 'loki, for logging', 'containers'],
  [
    '{"log-driver":"loki","log-opts":{"loki-url":"http://l:1"}}',
    'log-driver',
    'plugin',
    'loki, for logging',
    'start',
  ],
  [
    '{"log-driver":"fluentd"}',
    'log-driver',
    'service',
    'a fluentd that answers at 127.0.0.1:24224',
    'containers',
  ],
  ['{"userland-proxy-path":"/opt/proxy"}', 'userland-proxy-path', 'program', '/opt/proxy', 'start'],
  ['{"containerd":"/run/c.sock"}', 'containerd', 'socket', '/run/c.sock', 'start'],
  ['{"metrics-addr":"10.7.7.7:9323"}', 'metrics-addr', 'address', '10.7.7.7', 'start'],
  [
    '{"features":{"containerd-snapshotter":true},"storage-driver":"stargz"}',
    'storage-driver',
    'plugin',
    'the snapshotter stargz of containerd',
    'containers',
  ],
  [
    '{"rootless":true}',
    'rootless',
    'rootlesskit',
    'RootlessKit, below which dockerd runs',
    'start',
  ],
] as const;

describe('off the machine: yes, if', () => {
  test.each(NEEDING)('%s', (text, key, needs, what, stops) => {
    const verdict = judge(text);
    expect(verdict).toMatchObject({ starts: true, containers: true });
    expect(needsOf(text)).toContainEqual([key, needs, what, stops]);
    for (const need of verdict.needs)
      expect(need).toMatchObject({
        line: 1,
        column: expect.any(Number),
        where: expect.any(String),
      });
  });

  test.each(NEEDING.filter(([, , kind]) => kind !== 'service'))(
    'on the machine it is looked at: %s',
    (text, ...[, , , stops]) => {
      const hasSnapshotter = () => false;
      const { starts, containers, needs } = judge(text, {
        host: { ...referenceHost('28.5.2'), hasSnapshotter },
      });
      expect({ needs, works: stops === 'start' ? starts : containers }).toEqual({
        needs: [],
        works: false,
      });
    },
  );

  test.each([
    ['{"log-driver":"json-file","live-restore":true,"storage-driver":"overlay2"}'],
    ['{"runtimes":{"nvidia":{"path":"/usr/bin/nvidia-container-runtime"}}}'],
    ['{"log-driver":"syslog"}'],
    ['{"log-driver":"fluentd","log-opts":{"fluentd-async":"true"}}'],
    ['{"userns-remap":"default"}'],
    ['{"cgroup-parent":"/x","exec-opts":["native.cgroupdriver=cgroupfs"]}'],
    ['{"hosts":["fd://"],"group":"ops"}'],
  ])('nothing is needed for %s', (text) => {
    expect(needsOf(text)).toEqual([]);
  });

  test.each([
    '{"debgu":1,"bridge":"br0"}',
    '{"seccomp-profile":"default"}',
    '{"log-driver":"jurnald","log-opts":{"a":"b"}}',
    '{"storage-driver":"nope"}',
  ])('where the answer is known there are none: %s', (text) => {
    expect(judge(text)).toMatchObject({ starts: false, needs: [] });
  });

  test('what a container needs is not asked where none starts anyway', () => {
    const text = '{"default-runtime":"x","runtimes":{"x":{"path":"/x"}},"exec-root":"rel"}';
    expect(judge(text)).toMatchObject({ starts: true, containers: false, needs: [] });
  });

  test('a flag is named as it is given, and what a user may not look at is not known', () => {
    const given = judge('{}', { argv: ['--bridge', 'br0'] });
    expect(given.needs).toMatchObject([{ key: '--bridge br0', what: 'br0' }]);
    const hidden = judge('{"tlscert":"/a","tlskey":"/a","tls":true}', {
      host: { kindOf: () => 'hidden' },
    });
    expect(hidden.needs.map(({ what }) => what)).toEqual(['/a', '/a']);
  });
});
