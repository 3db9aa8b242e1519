import { expect, test } from '@jest/globals';
import { toPem } from '../../../../../src/core/pki/keys/pem.js';
import { storeMoves } from '../../../../../src/core/trust/hosts/store-moves.js';
import { makeSigner } from '../../../../support/authority.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const CERTS = '/etc/docker/certs.d';
const FOLDER = `${CERTS}/r.corp`;
const signer = await makeSigner();
const root = toPem('CERTIFICATE', signer.certificate.der);

const moves = (files: Readonly<Record<string, string>>, readsHostsToml: boolean) =>
  storeMoves(
    treeOf(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [`${FOLDER}/${name}`, text])),
    ),
    CERTS,
    readsHostsToml,
  ).map(({ kind, urls, changes }) => ({
    kind,
    urls,
    files: changes.map(({ path, after }) => [path.slice(FOLDER.length + 1), after?.content]),
  }));

const NAMED = `server = "https://r.corp"\nca = "/srv/ca.pem"\n`;

/** moby registry/registry.go: *.crt of the folder. containerd hosts.go: with a hosts.toml, what it names alone. */
test('a store that reads hosts.toml gets a CA named that lies beside it', () => {
  const [move] = moves({ 'hosts.toml': 'server = "https://r.corp"\n', 'ca.crt': root }, true);
  expect(move).toMatchObject({ kind: 'ca', urls: [] });
  expect(move?.files).toEqual([
    ['hosts.toml', { text: expect.stringContaining(`ca = "${FOLDER}/ca.crt"`) }],
  ]);
  expect(moves({ 'hosts.toml': 'ca = "ca.crt"\n', 'ca.crt': root }, true)).toEqual([]);
  expect(moves({ 'ca.crt': root }, true)).toEqual([]);
});

test('a store that does not gets a *.crt for the CA that is named only', () => {
  const there = (files: Readonly<Record<string, string>>) =>
    storeMoves(treeOf({ '/srv/ca.pem': root, ...files }), CERTS, false).flatMap(({ changes }) =>
      changes.map(({ path, after }) => [path, after?.content]),
    );
  const hosts = { [`${FOLDER}/hosts.toml`]: NAMED };
  expect(there(hosts)).toEqual([[`${FOLDER}/ca.crt`, { text: root }]]);
  expect(there({ ...hosts, [`${FOLDER}/ca.crt`]: 'x' })).toEqual([
    [`${FOLDER}/hosts-toml.crt`, { text: root }],
  ]);
  expect(there({ ...hosts, [`${FOLDER}/corp.crt`]: root })).toEqual([]);
});

test('mirrors, and what is not verified, are for daemon.json to say', () => {
  const text = '[host."https://m.corp"]\n[host."http://r.corp"]\n';
  expect(moves({ 'hosts.toml': text }, false)).toEqual([
    { kind: 'mirrors', urls: ['https://m.corp', 'http://r.corp'], files: [] },
    { kind: 'insecure', urls: ['https://m.corp', 'http://r.corp'], files: [] },
  ]);
  expect(moves({ 'hosts.toml': 'skip_verify = true\n' }, false)).toEqual([
    { kind: 'insecure', urls: [], files: [] },
  ]);
  // That of a mirror is not the registry's.
  expect(
    moves({ 'hosts.toml': '[host."https://m.corp"]\nskip_verify = true\n' }, false),
  ).toMatchObject([{ kind: 'mirrors' }]);
  expect(moves({ 'hosts.toml': text }, true)).toEqual([]);
});

test.each(['', 'server = ', 'capabilities = ["x"]\n'])('%j moves nothing', (text) => {
  expect(moves({ 'hosts.toml': text, 'ca.crt': root }, true)).toEqual([]);
  expect(moves({ 'hosts.toml': text }, false)).toEqual([]);
});
