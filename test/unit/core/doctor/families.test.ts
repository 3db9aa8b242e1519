import { describe, expect, test } from '@jest/globals';
import { DOCTOR_CODES } from '../../../../src/core/doctor/codes.js';
import { examine } from '../../../../src/core/doctor/families.js';
import { planFix } from '../../../../src/core/doctor/fix.js';
import type { DoctorFacts } from '../../../../src/core/doctor/facts.js';
import { doctorFacts, PACKAGED_UNIT, type Machine } from '../../../support/doctor-facts.js';

const findingsOf = (facts: DoctorFacts) => examine(facts).flatMap(({ findings }) => findings);
const codesOf = (machine: Machine) => findingsOf(doctorFacts(machine)).map(({ code }) => code);

const DROP_IN = '/etc/systemd/system/docker.service.d/own.conf';
const dropIn = (flags: string) => ({
  [DROP_IN]: `[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd ${flags}\n`,
});
const started = (...flags: string[]) => ({ argv: ['/usr/sbin/dockerd', ...flags] });
const CLIENT = '/root/.docker/config.json';
const client = (json: object, mode = 0o600) => ({
  [CLIENT]: { content: { text: JSON.stringify(json) }, mode, uid: 0, gid: 0 },
});

test('a healthy machine has no finding, and an ok line for every family', () => {
  const examined = examine(doctorFacts());
  expect(examined.flatMap(({ findings }) => findings)).toEqual([]);
  for (const { name, ok } of examined) {
    expect(ok).not.toBe('');
    expect(`ok ${name}: ${ok}`.length).toBeLessThanOrEqual(80);
  }
});

test('a machine without docker has no finding either', () => {
  const observed = { state: 'absent', info: null, argv: [], manager: { kind: 'none' } } as const;
  const facts = doctorFacts({
    observed,
    facts: { unit: null, units: new Map(), socketMode: null },
  });
  expect(findingsOf(facts)).toEqual([]);
  expect(examine(facts)[0]?.ok).toBe('there is no dockerd on this machine');
});

test('a socket that is closed to this user is no reason to restart dockerd', () => {
  const [finding] = findingsOf(doctorFacts({ observed: { info: null, forbidden: true } }));
  expect(finding).toMatchObject({
    code: 'not-readable',
    severity: 'info',
    message: expect.stringMatching(/^permission denied: .*closed to this user/),
    hint: 'sudo dockerctl doctor',
  });
});

describe('what a real machine is not made to have in a test is found too', () => {
  test.each<[string, Machine]>([
    ...['start-limit-hit', 'exit-code'].map((result): [string, Machine] => [
      'daemon-start-limited',
      {
        observed: { state: 'failed', info: null },
        units: {
          'docker.service': {
            FragmentPath: PACKAGED_UNIT,
            ActiveState: 'failed',
            Result: result,
            Restart: 'always',
          },
        },
      },
    ]),
    ['two-engines', { units: { 'snap.docker.dockerd.service': {} } }],
    [
      'config-elsewhere',
      {
        files: { '/etc/docker/daemon.json': '{}' },
        observed: {
          flavour: 'snap',
          manager: {
            kind: 'systemd',
            unit: 'snap.docker.dockerd.service',
            socketUnit: null,
            user: false,
          },
          configPath: '/var/snap/docker/current/config/daemon.json',
        },
        facts: { units: new Map(), unit: null },
      },
    ],
    [
      'config-elsewhere',
      {
        files: { '/etc/docker/daemon.json': '{}' },
        observed: {
          flavour: 'rootless',
          manager: { kind: 'systemd', unit: 'docker.service', socketUnit: null, user: true },
          configPath: '/home/me/.config/docker/daemon.json',
        },
        facts: { units: new Map(), unit: null },
      },
    ],
    [
      'swap-limit',
      { observed: { info: { CgroupVersion: '1', CgroupDriver: 'cgroupfs', SwapLimit: false } } },
    ],
    [
      'cgroup-v1',
      {
        observed: { version: '29.0.0', info: { CgroupVersion: '1', CgroupDriver: 'cgroupfs' } },
      },
    ],
    [
      'clock-behind',
      { facts: { changedAt: new Map([['/etc/docker/daemon.json', Date.parse('2027-02-01')]]) } },
    ],
    ['clock-not-kept', { units: { 'chrony.service': { ActiveState: 'inactive' } } }],
    ['disk-low', { facts: { disk: { path: '/var/lib/docker', freeBytes: 1e8, sizeBytes: 1e11 } } }],
    ['not-readable', { facts: { unreadable: ['/etc/docker/certs.d/r:5000/client.key'] } }],
    [
      'mirror-dead',
      {
        facts: {
          dialled: {
            registries: [],
            trustworthy: [],
            deadMirrors: [{ mirror: 'https://m/', reason: 'refused' }],
          },
        },
      },
    ],
  ])('%s', (code, machine) => {
    expect(codesOf(machine)).toEqual([code]);
  });

  test('a folder of which a part cannot be read is not judged', () => {
    const path = '/etc/docker/certs.d/r:5000/client.cert';
    const facts = doctorFacts({
      files: { [path]: 'none' },
      facts: { unreadable: [path.replace('.cert', '.key')] },
    });
    expect(findingsOf(facts).map(({ code }) => code)).not.toContain('trust-cert-without-key');
  });
});

describe('no false alarm', () => {
  const kubelet = (text: string) => ({ '/var/lib/kubelet/config.yaml': text });
  test.each<[string, Machine]>([
    [
      'a kubernetes node with docker and systemd cgroups',
      {
        files: {
          '/etc/docker/daemon.json':
            '{"exec-opts":["native.cgroupdriver=systemd"],"log-driver":"json-file","log-opts":{"max-size":"100m"},"storage-driver":"overlay2"}',
          ...kubelet('cgroupDriver: systemd\n'),
        },
        observed: {
          info: {
            CgroupDriver: 'systemd',
            CgroupVersion: '2',
            LoggingDriver: 'json-file',
            Driver: 'overlay2',
          },
        },
      },
    ],
    [
      'a kubelet on containerd beside a docker with another driver',
      {
        files: kubelet(
          'cgroupDriver: systemd\ncontainerRuntimeEndpoint: unix:///run/containerd/containerd.sock\n',
        ),
        observed: { info: { CgroupDriver: 'cgroupfs', CgroupVersion: '1' } },
      },
    ],
    [
      'tcp with verified clients by flags',
      {
        files: dropIn(
          '-H fd:// -H tcp://0.0.0.0:2376 --tlsverify --tlscacert=/etc/docker/ca.pem --tlscert=/etc/docker/cert.pem --tlskey=/etc/docker/key.pem',
        ),
        observed: started(
          '-H',
          'fd://',
          '-H',
          'tcp://0.0.0.0:2376',
          '--tlsverify',
          '--tlscacert=/etc/docker/ca.pem',
          '--tlscert=/etc/docker/cert.pem',
          '--tlskey=/etc/docker/key.pem',
        ),
        facts: { host: { kindOf: () => 'file' } },
      },
    ],
    [
      'tcp on loopback',
      {
        files: dropIn('-H fd:// -H tcp://127.0.0.1:2375'),
        observed: started('-H', 'fd://', '-H', 'tcp://127.0.0.1:2375'),
      },
    ],
    [
      'socket activation alone',
      { units: { 'docker.service': { UnitFileState: 'disabled', FragmentPath: PACKAGED_UNIT } } },
    ],
    [
      'flags in /etc/default/docker, which Debian reads',
      {
        files: { '/etc/default/docker': 'DOCKER_OPTS="--debug"\nhttp_proxy="http://proxy:3128"\n' },
        observed: {
          ...started('-H', 'fd://', '--containerd=/run/containerd/containerd.sock', '--debug'),
          info: { Debug: true },
        },
      },
    ],
    [
      'a file with comments alone',
      { files: { '/etc/default/docker': '# DOCKER_OPTS="--dns 8.8.8.8"\n' } },
    ],
    [
      'a variable of a package that nobody sets',
      {
        files: dropIn('-H fd:// $DOCKER_NETWORK_OPTIONS $OPTIONS'),
        observed: started('-H', 'fd://'),
      },
    ],
    [
      'a unit that a wrapper starts',
      { files: { [DROP_IN]: '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd-rootless.sh\n' } },
    ],
    ['a person logged in to nothing', { files: client({ auths: {}, detachKeys: 'ctrl-q' }) }],
    [
      'a login in a helper that is there',
      {
        files: client({ credsStore: 'pass', auths: { 'registry.lab:5000': {} } }),
        facts: {
          host: {
            kindOf: (path) => (path === '/usr/bin/docker-credential-pass' ? 'executable' : null),
          },
        },
      },
    ],
    [
      'podman-docker: files, and no dockerd',
      {
        files: { '/etc/docker/daemon.json': '{"debug": true}' },
        observed: {
          state: 'absent',
          info: null,
          manager: { kind: 'none' },
          argv: [],
          version: null,
        },
        facts: { unit: null, units: new Map(), socketMode: null },
      },
    ],
    [
      'a private mirror over https',
      {
        files: {
          '/etc/docker/daemon.json': '{"registry-mirrors":["https://mirror.lab"]}',
          ...client({ auths: { 'https://index.docker.io/v1/': {} } }),
        },
        observed: { info: null, state: 'stopped' as const },
      },
    ],
    [
      'containerd with a folder for its registries',
      {
        files: {
          '/etc/containerd/config.toml':
            'version = 2\n[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "/etc/containerd/certs.d"\n',
        },
      },
    ],
    [
      "docker in a container, whose clock is its host's",
      {
        facts: { contained: true },
        units: { 'systemd-timesyncd.service': { ActiveState: 'inactive' } },
      },
    ],
  ])('%s', (name, machine) => {
    const alarms = findingsOf(doctorFacts(machine)).filter(({ severity }) => severity !== 'info');
    expect(
      alarms.filter(
        ({ code }) => !(name === 'a private mirror over https' && code === 'daemon-down'),
      ),
    ).toEqual([]);
  });
});

describe('what the hint says', () => {
  test('a foreign name is one word of the command, whatever it holds', () => {
    const name = "/etc/docker/certs.d/r:5000/$(reboot)'.key";
    const findings = findingsOf(doctorFacts({ files: { [name]: 'x' } }));
    const quoted = `'${name.replace("'", String.raw`'\''`)}'`;
    expect(findings.map(({ hint }) => hint)).toEqual([
      `mv -n ${quoted} ${quoted.replace(/'$/, ".unused'")}`,
    ]);
  });

  test('of a copied text that is no JSON is its mending, and the own command of a finding, if it has one', () => {
    const hints = (machine: Machine) => findingsOf(doctorFacts(machine)).map(({ hint }) => hint);
    const file = (text: string) => ({ '/etc/docker/daemon.json': text });
    expect(hints({ files: file('{"debug": true}\n{"mtu": 1450}\n') })).toEqual([
      'dockerctl config validate --fix',
    ]);
    expect(hints({ files: file('debug: true\n') })).toEqual([
      'mv -n /etc/docker/daemon.json /etc/docker/daemon.json.broken && dockerctl daemon restart',
    ]);
    const host = {
      kindOf: (path: string) => (/docker\/(?:btrfs|overlay2)$/.test(path) ? 'folder' : null),
      isEmptyFolder: () => false,
      filesystemOf: () => 'extfs',
    } as const;
    expect(hints({ files: file('{"mtu": 1450}'), facts: { host } })).toContain(
      'dockerctl config set storage-driver overlay2',
    );
  });

  test("keeps what a file's author meant, where that is certain, and else takes the key away", () => {
    const machine = {
      files: {
        '/etc/docker/daemon.json':
          '{"registry-mirror": ["https://m.test"], "default-ipc-mode": "nobody"}',
      },
    };
    expect(
      findingsOf(doctorFacts(machine)).map(({ subject, hint }) => `${subject}: ${hint}`),
    ).toEqual([
      'default-ipc-mode: dockerctl config unset default-ipc-mode',
      'registry-mirror: dockerctl config validate --fix',
    ]);
  });

  test('of two that would get in each other’s way is the editor', () => {
    const hints = (text: string) =>
      findingsOf(doctorFacts({ files: { '/etc/docker/daemon.json': text } }))
        .filter(({ subject }) => /\.\d$/.test(subject))
        .map(({ hint }) => hint);
    const edit = 'dockerctl config edit';
    expect(hints('{"insecure-registries": ["0.0.0.0/0", "docker.io", "good:5000"]}')).toEqual([
      edit,
      edit,
    ]);
    expect(hints('{"labels": ["x"], "registry-mirrors": ["mirror.test"]}')).toEqual([edit, edit]);
    expect(hints('{"labels": ["x"], "insecure-registries": ["docker.io"]}')).toEqual([
      "dockerctl config unset 'labels[0]'",
      "dockerctl config unset 'insecure-registries[0]'",
    ]);
  });

  test('is one command that begins with a program', () => {
    const machine = {
      files: {
        '/etc/docker/daemon.json': '{"debug": "yes", "registry-mirror": [], "dns": ["x"]}',
        ...client({ currentContext: 'x' }, 0o644),
      },
      facts: { socketMode: 0o666, declared: true },
    };
    const hints = findingsOf(doctorFacts(machine)).map(({ hint }) => hint);
    expect(hints.length).toBeGreaterThan(4);
    for (const hint of hints)
      expect(hint).toMatch(/^(?:dockerctl|systemctl|docker|openssl|mv|rm|chmod) \S/);
  });
});

test('every code has a meaning and advice', () => {
  for (const { meaning, advice } of Object.values(DOCTOR_CODES)) {
    expect(meaning).toMatch(/\.$/);
    expect(advice).toMatch(/\.$/);
  }
});

describe('a flag of the unit that dockerd does not know', () => {
  const machine = (files: Machine['files'], flags: readonly string[]): Machine => ({
    files: { ...files },
    observed: started('-H', 'fd://', ...flags),
  });
  const BAD = '--log-levl=debug';

  test('is found before the next start, and the restart waits for its fix', () => {
    const findings = findingsOf(doctorFacts(machine(dropIn(`-H fd:// ${BAD}`), [])));
    expect(findings).toMatchObject([
      { code: 'bad-flag', path: DROP_IN, hint: 'dockerctl doctor --fix bad-flag' },
      { code: 'unit-not-restarted', hint: 'dockerctl doctor --fix bad-flag' },
    ]);
  });

  test.each([
    ['a drop-in', dropIn(`-H fd:// ${BAD} --debug`), DROP_IN, dropIn('-H fd:// --debug')[DROP_IN]],
    [
      'the file of a variable',
      { '/etc/default/docker': `# ${BAD} is tried\nDOCKER_OPTS="--debug ${BAD}"\n` },
      '/etc/default/docker',
      `# ${BAD} is tried\nDOCKER_OPTS="--debug "\n`,
    ],
  ])('is taken out of %s', (_, files, path, wanted) => {
    const { plan, words } = planFix(doctorFacts(machine(files, [BAD])), ['bad-flag']);
    expect(plan.changes).toMatchObject([{ path, after: { content: { text: wanted } } }]);
    expect(plan.activation.action).toBe('restart');
    expect(words?.map(({ word }) => word)).toContain('--debug');
    expect(words?.map(({ word }) => word)).not.toContain(BAD);
  });

  test("of the package's own file is for a person to correct", () => {
    const unit = `[Service]\nExecStart=/usr/sbin/dockerd -H fd:// ${BAD}\n`;
    const [finding] = findingsOf(doctorFacts(machine({ [PACKAGED_UNIT]: unit }, [BAD])));
    expect(finding).toMatchObject({
      code: 'bad-flag',
      path: PACKAGED_UNIT,
      hint: 'systemctl edit --full docker.service',
    });
  });
});

describe('a flag that dockerd refuses, or that this engine no longer has', () => {
  const DEFAULTS = '/etc/default/docker';
  const machine = (flags: string): Machine => ({
    files: { [DEFAULTS]: `# --mtu is ours\nDOCKER_OPTS="--debug ${flags} --icc=true"\n` },
    observed: started('-H', 'fd://', '--debug'),
  });

  test.each([
    ['--mtu abc', 'bad-flag-value', '--debug --icc=true'],
    ['--live-restore=maybe', 'bad-flag-value', '--debug --icc=true'],
    ['-g /data', 'flag-of-other-engine', '--debug --data-root=/data --icc=true'],
    ['--graph=/data', 'flag-of-other-engine', '--debug --data-root=/data --icc=true'],
    ['--cluster-store x', 'flag-of-other-engine', '--debug --icc=true'],
    [
      '--registry-mirror --insecure-registry registry.test',
      'flag-swallows-flag',
      '--debug --insecure-registry registry.test --icc=true',
    ],
  ])('%s: %s', (flags, code, fixed) => {
    const findings = findingsOf(doctorFacts(machine(flags)));
    expect(findings).toMatchObject([
      { code, severity: 'error', path: DEFAULTS, hint: `dockerctl doctor --fix ${code}` },
      { code: 'unit-not-restarted', hint: `dockerctl doctor --fix ${code}` },
    ]);
    const { plan } = planFix(doctorFacts(machine(flags)), [code]);
    expect(plan.changes).toMatchObject([
      { after: { content: { text: `# --mtu is ours\nDOCKER_OPTS="${fixed}"\n` } } },
    ]);
  });

  test('of TLS is for a person to correct: without it the others are no better off', () => {
    const facts = doctorFacts(machine('--tlsverify --tlscert=/a --tlskey=/b'));
    expect(findingsOf(facts)).toContainEqual(
      expect.objectContaining({
        code: 'bad-flag-value',
        subject: '--tlscert=/a',
        hint: 'systemctl edit --full docker.service',
      }),
    );
  });
});

describe('what was not to be seen is not called in order', () => {
  const unseen = (machine: Machine) =>
    examine(doctorFacts(machine))
      .filter((family) => family.unseen)
      .map(({ name }) => name);

  test('without root: dockerd, changes, certificates, agent; limits and room where dockerd keeps them', () => {
    const machine: Machine = {
      observed: { info: null, forbidden: true },
      facts: { stateHidden: true, disk: null },
    };
    const wanted = ['daemon', 'changes', 'certificates', 'cgroups', 'disk', 'agent'];
    expect(unseen(machine)).toEqual(wanted);
    expect(findingsOf(doctorFacts({ ...machine, observed: {} }))).toMatchObject([
      { code: 'not-readable', hint: 'sudo dockerctl doctor' },
    ]);
  });

  test('below a root: all that runs, and nobody is sent for more rights', () => {
    const machine: Machine = {
      observed: { state: 'absent', info: null },
      facts: { filesOnly: true, disk: null, unit: null, units: new Map() },
    };
    expect(unseen(machine)).toEqual(
      expect.arrayContaining(['daemon', 'unit', 'containerd', 'exposure', 'disk', 'clock']),
    );
    expect(findingsOf(doctorFacts(machine))).toEqual([]);
  });
});

describe('room where dockerd keeps images', () => {
  const GIB = 1024 ** 3;
  test.each([
    [90, 1000, []],
    [4, 1000, ['disk-low']],
    [0.9, 8, []],
    [0.7, 8, ['disk-low']],
    [0.3, 1, []],
    [0.2, 1, ['disk-low']],
  ])('%d GiB of %d', (free, size, wanted) => {
    const disk = { path: '/var/lib/docker', freeBytes: free * GIB, sizeBytes: size * GIB };
    expect(codesOf({ facts: { disk } })).toEqual(wanted);
  });
});

test('a key that dockerd does not know waits for no reload: the edit is named alone', () => {
  const machine: Machine = {
    files: { '/etc/docker/daemon.json': '{"registry-mirror": ["https://m.test"]}' },
    facts: { changedAt: new Map([['/etc/docker/daemon.json', Date.parse('2026-11-21')]]) },
  };
  expect(codesOf(machine)).toEqual(['flag-name-as-key']);
});

test('a file that dockerd would not start with is not for a reload to fix', () => {
  const machine: Machine = {
    files: { '/etc/docker/daemon.json': '{"debug": true, "mtu": "big"}' },
  };
  expect(codesOf(machine)).toEqual(['wrong-type']);
  expect(examine(doctorFacts(machine))[0]?.ok).toBe('dockerd runs');
});
