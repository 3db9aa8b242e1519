import { beforeAll, expect, test } from '@jest/globals';
import { hostsFindings } from '../../../../../src/core/doctor/trust/hosts-files.js';
import { toPem } from '../../../../../src/core/pki/keys/pem.js';
import { makeSigner } from '../../../../support/authority.js';
import { doctorFacts } from '../../../../support/doctor-facts.js';

const FOLDER = '/etc/docker/certs.d';
let pem = '';
beforeAll(async () => {
  const { certificate } = await makeSigner();
  pem = toPem('CERTIFICATE', certificate.der);
});

const find = (version: string, more: Readonly<Record<string, string>> = {}) =>
  hostsFindings(
    doctorFacts({
      files: {
        '/etc/docker/daemon.json': '{"registry-mirrors": ["https://m.example:5000"]}',
        [`${FOLDER}/m.example:5000/corp.crt`]: pem,
        ...more,
      },
      observed: { version },
    }),
  );

test('a mirror’s CA that only its own folder has is put where engines since 28 look, and nowhere before', () => {
  const [finding] = find('28.5.2');
  expect(finding).toMatchObject({ code: 'mirror-ca-elsewhere', subject: 'm.example:5000' });
  const written = finding?.fix?.changes.find(({ path }) => path.endsWith('.crt'));
  expect(written).toMatchObject({
    path: `${FOLDER}/docker.io/m.example:5000.crt`,
    after: { content: { text: pem } },
  });
  expect(find('28.5.2', { [`${FOLDER}/docker.io/m.example:5000.crt`]: pem })).toEqual([]);
  expect(find('26.1.5')).toEqual([]);
});

const CONTAINERD = {
  version: '28.5.2',
  info: { DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']] },
};
const HUB = `${FOLDER}/docker.io/hosts.toml`;
const DAEMON_JSON = { '/etc/docker/daemon.json': '{"registry-mirrors": ["https://m.example"]}' };

test.each([
  ['is no TOML', { [HUB]: 'server = "https' }, CONTAINERD, ['hosts-toml-broken']],
  ['is read', { [HUB]: '[host."https://n.example"]\n' }, CONTAINERD, []],
  [
    'hides the mirrors of daemon.json',
    { ...DAEMON_JSON, [HUB]: '[host."https://n.example"]\n' },
    CONTAINERD,
    ['hosts-toml-hides-mirrors'],
  ],
  [
    'is not read where images are in graph drivers',
    { [HUB]: '[host."https://n.example"]\n' },
    { version: '28.5.2', info: { DriverStatus: [['Backing Filesystem', 'extfs']] } },
    ['hosts-toml-unread'],
  ],
  [
    'is not read before 28',
    { [HUB]: '[host."https://n.example"]\n' },
    { ...CONTAINERD, version: '26.1.5' },
    ['hosts-toml-unread'],
  ],
  ['is empty, which is none', { [HUB]: '\n' }, CONTAINERD, []],
])('a hosts.toml that %s', (_, files, observed, expected) => {
  const found = hostsFindings(doctorFacts({ files, observed }));
  expect(found.map(({ code }) => code)).toEqual(expected);
});
