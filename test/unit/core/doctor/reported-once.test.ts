import { expect, test } from '@jest/globals';
import { examine } from '../../../../src/core/doctor/families.js';
import { planFix } from '../../../../src/core/doctor/fix.js';
import type { DoctorFacts } from '../../../../src/core/doctor/facts.js';
import { doctorFacts } from '../../../support/doctor-facts.js';

const codesOf = (facts: DoctorFacts) =>
  examine(facts).flatMap(({ findings }) => findings.map(({ code }) => code));

const refused = {
  code: 'registry-refused',
  severity: 'error',
  subject: 'm.example:5000',
  message: '',
  hint: '',
} as const;
const deep = (mirror: string) =>
  doctorFacts({
    files: { '/etc/docker/daemon.json': JSON.stringify({ 'registry-mirrors': [mirror] }) },
    observed: {
      info: {
        RegistryConfig: {
          Mirrors: [`${mirror}/`],
          InsecureRegistryCIDRs: ['127.0.0.0/8'],
          IndexConfigs: {},
        },
      },
    },
    facts: {
      dialled: {
        registries: [refused, { ...refused, subject: 'other.example' }],
        trustworthy: [],
        deadMirrors: [{ mirror: `${mirror}/`, reason: 'nothing listens' }],
      },
    },
  });

test('a dead mirror is one finding; another registry keeps its own', () => {
  expect(codesOf(deep('https://m.example:5000'))).toEqual(['registry-refused', 'mirror-dead']);
});

test('a mirror that is a web page is not dead besides', () => {
  expect(codesOf(deep('https://hub.docker.com'))).toEqual([
    'registry-refused',
    'registry-refused',
    'mirror-is-console',
  ]);
});

test('what a silent dockerd does not tell is not said to be for root alone', () => {
  const examined = examine(doctorFacts({ observed: { info: null } }));
  expect(examined.filter(({ unseen }) => unseen).map(({ name }) => name)).toEqual(['cgroups']);
  expect(examined.flatMap(({ findings }) => findings.map(({ code }) => code))).toEqual([
    'daemon-not-answering',
  ]);
});

test.each([
  [true, 'not-readable', true],
  [false, 'config-no-file', false],
])(
  'a daemon.json that cannot be read is told, and the rest judged (%s)',
  (closed, code, unseen) => {
    const examined = examine(
      doctorFacts({
        facts: {
          config: null,
          configHidden: { closed, message: 'it is a folder', hint: 'rmdir it' },
          unreadable: closed ? ['/etc/docker/daemon.json'] : [],
        },
      }),
    );
    expect(examined.find(({ name }) => name === 'daemon.json')).toMatchObject({ unseen });
    expect(examined.find(({ name }) => name === 'daemon')?.ok).toBe('dockerd runs');
    const codes = examined.flatMap(({ findings }) => findings.map((one) => one.code));
    expect([...new Set(codes)]).toEqual([code]);
  },
);

test('a fixed config.toml takes a restart of containerd', () => {
  const text = `version = 2
[plugins."io.containerd.grpc.v1.cri".registry]
config_path = "/etc/containerd/certs.d"
[plugins."io.containerd.grpc.v1.cri".registry.mirrors."a"]
endpoint = ["http://a"]
`;
  const { plan } = planFix(doctorFacts({ files: { '/etc/containerd/config.toml': text } }), [
    'containerd-config-conflict',
  ]);
  expect(plan.refresh.map(({ argv }) => argv.join(' '))).toEqual([
    'systemctl try-restart containerd.service',
  ]);
});
