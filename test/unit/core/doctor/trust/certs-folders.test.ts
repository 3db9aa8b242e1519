import { beforeAll, describe, expect, test } from '@jest/globals';
import { certsFamily } from '../../../../../src/core/doctor/trust/certs-folders.js';
import { toPem } from '../../../../../src/core/pki/keys/pem.js';
import { inDays, makeLeaf, makeSigner, NOW } from '../../../../support/authority.js';
import { doctorFacts, treeOf, type Machine } from '../../../../support/doctor-facts.js';
import { findingsOn, told } from '../../../../support/doctor-findings.js';

const CERTS = '/etc/docker/certs.d';
let [ca, leaf] = ['', ''];
beforeAll(async () => {
  const signer = await makeSigner();
  ca = toPem('CERTIFICATE', signer.certificate.der);
  leaf = toPem('CERTIFICATE', (await makeLeaf(signer)).certificate.der);
});

const find = (files: Machine['files'], facts: Machine['facts'] = {}) =>
  told(certsFamily.find(doctorFacts({ files: files ?? {}, facts: { now: NOW, ...facts } })));

test('a folder with the CA of its registry is as it should be', () => {
  expect(find({ [`${CERTS}/r.corp:5000/ca.crt`]: ca })).toEqual([]);
});

test('a foreign name is one word of the command, whatever it holds', () => {
  const name = `${CERTS}/r:5000/$(reboot)'.key`;
  const quoted = `'${name.replace("'", String.raw`'\''`)}'`;
  expect(findingsOn({ files: { [name]: 'x' } }).map(({ hint }) => hint)).toEqual([
    `mv -n ${quoted} ${quoted.replace(/'$/, ".unused'")}`,
  ]);
});

describe('where no reader looks', () => {
  test('a file beside the folders', () => {
    expect(find({ [`${CERTS}/ca.crt`]: ca })).toEqual([
      `certs-file-loose ca.crt -> mv -n ${CERTS}/ca.crt /etc/docker/`,
    ]);
  });

  test('a folder in the folder of a registry', () => {
    const found = find({ [`${CERTS}/r.corp/pki/ca.crt`]: ca });
    expect(found).toContain(
      `certs-folder-nested r.corp -> cp -rn ${CERTS}/r.corp/pki/. ${CERTS}/r.corp/ && rm -r ${CERTS}/r.corp/pki`,
    );
  });

  test.each(['cert.d', 'certs', 'certificates', 'certd'])('a folder named %s', (name) => {
    expect(find({ [`/etc/docker/${name}/r.corp/ca.crt`]: ca })).toEqual([
      `certs-folder-misspelt ${name} -> cp -rn /etc/docker/${name}/. ${CERTS}/ && rm -r /etc/docker/${name}`,
    ]);
  });
});

test('a link without a target fails every pull', () => {
  const snapshot = new Map(treeOf({ [`${CERTS}/r.corp/ca.crt`]: ca }));
  snapshot.set(`${CERTS}/r.corp/ca.crt`, null);
  expect(find({}, { snapshot })).toEqual([`certs-link-broken r.corp -> rm ${CERTS}/r.corp/ca.crt`]);
});

test('a client certificate that has expired goes with its key', () => {
  const pair = `${CERTS}/r.corp/client`;
  const key = { content: { secret: 'a'.repeat(64), size: 5 }, mode: 0o600, uid: 0, gid: 0 };
  const files = { [`${pair}.cert`]: leaf, [`${pair}.key`]: key };
  const expired = (now: number) =>
    find(files, { now }).filter((one) => one.startsWith('certs-client-expired'));
  expect(expired(NOW)).toEqual([]);
  expect(expired(inDays(500))).toEqual([
    `certs-client-expired r.corp -> mv -n ${pair}.cert ${pair}.cert.unused && mv -n ${pair}.key ${pair}.key.unused`,
  ]);
});

/** moby registry.go, newTLSConfig. */
test('a registry that is insecure gets no certificate shown', () => {
  const files = {
    '/etc/docker/daemon.json': '{"insecure-registries": ["http://r.corp"]}',
    [`${CERTS}/r.corp/ca.crt`]: ca,
  };
  expect(find(files)).toEqual([
    'insecure-hides-certificates r.corp -> dockerctl insecure remove r.corp',
  ]);
});

test('a folder that is closed to us is not called in order', () => {
  const unseen = (unreadable: string[]) =>
    certsFamily.unseen?.(doctorFacts({ facts: { unreadable } }));
  expect([unseen([CERTS]), unseen([])]).toEqual([true, false]);
});
