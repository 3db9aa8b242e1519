import { describe, expect, test } from '@jest/globals';
import { fixConfig } from '../../../../../src/core/dockerd/validate/fix.js';
import {
  validateConfig,
  type ValidationInput,
} from '../../../../../src/core/dockerd/validate/validate.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';
import { PACKAGED_ARGV } from '../../../../support/reference-host.js';

/** Texts that guides of the field have people paste into daemon.json. */
const given = (text: string, { engine = '28.5', argv = PACKAGED_ARGV } = {}): ValidationInput => ({
  bytes: Buffer.from(text),
  engine: parseVersion(engine)!,
  argv,
});

const said = (text: string, situation?: Parameters<typeof given>[1]) =>
  validateConfig(given(text, situation)).findings.map(
    ({ code, line, column }) => `${code} ${line}:${column}`,
  );

const fixed = (text: string, situation?: Parameters<typeof given>[1]) =>
  Buffer.from(fixConfig(given(text, situation))?.bytes ?? []).toString();

const ENGINES = ['20.10', '26.1', '28.5'];

describe.each(ENGINES)('on %s', (engine) => {
  test('a comma after the last item, and a URL where a host stands: both are fixed', () => {
    const text = '{\n  "insecure-registries": ["http://localhost:5000",]\n}\n';
    expect(said(text, { engine })).toEqual([
      'trailing-comma 2:50',
      'insecure-registry-scheme 2:27',
    ]);
    expect(fixed(text, { engine })).toBe('{\n  "insecure-registries": ["localhost:5000"]\n}\n');
  });

  test('# comments stop dockerd, and go', () => {
    const text =
      '{\n  # our registry\n  "insecure-registries": ["registry.local:5000"] # http\n}\n';
    expect(said(text, { engine })).toEqual(['comment 2:3', 'comment 3:50']);
    expect(JSON.parse(fixed(text, { engine }))).toEqual({
      'insecure-registries': ['registry.local:5000'],
    });
  });

  test("the reference's example with every key: what stops dockerd is named, empty defaults are not", () => {
    const found = validateConfig(given(EVERY_KEY, { engine })).findings;
    const errors = found.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, subject }) => `${code} ${subject}`)).toEqual([
      ...(engine === '20.10' ? [] : GONE.map((key) => `key-of-other-engine ${key}`)),
      'flag-and-file containerd',
      'flag-and-file hosts',
      'bad-network iptables',
      ...(engine === '20.10' ? [] : ['key-of-other-engine oom-score-adjust']),
    ]);
    const empty = /^(?:bip|dns|labels|runtimes|log-opts|data-root|tlsc.*|storage-.*)$/;
    expect(found.filter(({ subject }) => empty.test(subject))).toEqual([]);
  });
});

test('overlay2.override_kernel_check is harmless until 23, and stops dockerd since', () => {
  const text =
    '{\n  "storage-driver": "overlay2",\n  "storage-opts": [\n    "overlay2.override_kernel_check = true"\n  ]\n}\n';
  expect(ENGINES.map((engine) => said(text, { engine }))).toEqual([
    [],
    ['storage-option 4:5'],
    ['storage-option 4:5'],
  ]);
  expect(JSON.parse(fixed(text))).toEqual({ 'storage-driver': 'overlay2', 'storage-opts': [] });
});

test('-H tcp://0.0.0.0:2375 in the unit, and hosts in the file', () => {
  const argv = ['/usr/bin/dockerd', '-H', 'fd://', '-H', 'tcp://0.0.0.0:2375'];
  const text = '{"hosts": ["tcp://0.0.0.0:2375", "unix:///var/run/docker.sock"]}';
  expect(said(text, { argv })).toEqual(['flag-and-file 1:2', 'open-api 1:12']);
});

const GONE = ['cluster-advertise', 'cluster-store', 'cluster-store-opts'];

/** docs.docker.com, dockerd reference, "Daemon configuration file", as it stood for 20.10. */
const EVERY_KEY = `{
  "allow-nondistributable-artifacts": [],
  "api-cors-header": "",
  "authorization-plugins": [],
  "bip": "",
  "bridge": "",
  "cgroup-parent": "",
  "cluster-advertise": "",
  "cluster-store": "",
  "cluster-store-opts": {},
  "containerd": "/run/containerd/containerd.sock",
  "data-root": "",
  "debug": true,
  "default-address-pools": [],
  "default-cgroupns-mode": "private",
  "default-gateway": "",
  "default-gateway-v6": "",
  "default-runtime": "runc",
  "default-shm-size": "64M",
  "default-ulimits": {},
  "dns": [],
  "dns-opts": [],
  "dns-search": [],
  "exec-opts": [],
  "exec-root": "",
  "experimental": false,
  "features": {},
  "fixed-cidr": "",
  "fixed-cidr-v6": "",
  "group": "",
  "hosts": [],
  "icc": false,
  "init": false,
  "init-path": "/usr/libexec/docker-init",
  "insecure-registries": [],
  "ip": "0.0.0.0",
  "ip-forward": false,
  "ip-masq": false,
  "iptables": false,
  "ip6tables": false,
  "ipv6": false,
  "labels": [],
  "live-restore": true,
  "log-driver": "json-file",
  "log-level": "",
  "log-opts": {},
  "max-concurrent-downloads": 3,
  "max-concurrent-uploads": 5,
  "mtu": 0,
  "no-new-privileges": false,
  "oom-score-adjust": -500,
  "pidfile": "",
  "raw-logs": false,
  "registry-mirrors": [],
  "runtimes": {},
  "seccomp-profile": "",
  "selinux-enabled": false,
  "shutdown-timeout": 15,
  "storage-driver": "",
  "storage-opts": [],
  "swarm-default-advertise-addr": "",
  "tls": true,
  "tlscacert": "",
  "tlscert": "",
  "tlskey": "",
  "tlsverify": true,
  "userland-proxy": false,
  "userland-proxy-path": "",
  "userns-remap": ""
}
`;
