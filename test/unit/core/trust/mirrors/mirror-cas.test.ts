import { expect, test } from '@jest/globals';
import { toPem } from '../../../../../src/core/pki/keys/pem.js';
import {
  mirrorCaChanges,
  readsMirrorCas,
} from '../../../../../src/core/trust/mirrors/mirror-cas.js';
import { makeLeaf, makeSigner } from '../../../../support/authority.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const CERTS = '/etc/docker/certs.d';
const MIRROR = 'm.corp:5000';
const HUB = `${CERTS}/docker.io/${MIRROR}.crt`;
const place = { certsDir: CERTS, mirrors: [MIRROR] };

const signer = await makeSigner();
const root = toPem('CERTIFICATE', signer.certificate.der);
const leaf = toPem('CERTIFICATE', (await makeLeaf(signer)).certificate.der);

const changed = (files: Readonly<Record<string, string>>, mirrors = place.mirrors) =>
  mirrorCaChanges({ ...place, mirrors }, treeOf(files))
    .filter(({ path }) => path.startsWith(CERTS))
    .map(({ path, after }) => [path, after?.content]);

/** moby daemon/hosts.go, mirrorsToRegistryHosts: since 28.0 a mirror is asked by the client that was built for docker.io. */
test('the CA of a mirror is put where dockerd looks for it, beside that of docker.io', () => {
  expect(changed({ [`${CERTS}/${MIRROR}/corp.crt`]: leaf + root + root })).toEqual([
    [HUB, { text: root }],
  ]);
});

test.each([
  ['it lies there already', { [`${CERTS}/${MIRROR}/ca.crt`]: root, [HUB]: root }, [MIRROR]],
  ['the mirror has none', { [`${CERTS}/${MIRROR}/ca.crt`]: leaf }, [MIRROR]],
  ['it has no folder', {}, [MIRROR]],
  ['it is no mirror', { [`${CERTS}/${MIRROR}/ca.crt`]: root }, []],
  ['its name is none', { [`${CERTS}/a b/ca.crt`]: root }, ['a b']],
  [
    'its folder breaks every pull',
    { [`${CERTS}/${MIRROR}/ca.crt`]: root, [`${CERTS}/${MIRROR}/x.key`]: 'x' },
    [MIRROR],
  ],
])('nothing is done where %s', (_, files, mirrors) => {
  expect(changed(files, mirrors)).toEqual([]);
});

test('both places are looked at, once a mirror that is named twice, and nothing of one without a folder', () => {
  const files = treeOf({ [`${CERTS}/${MIRROR}/ca.crt`]: root });
  const reads = readsMirrorCas({ ...place, mirrors: [MIRROR, MIRROR, 'other.corp'] }, files);
  expect(reads.filter((path) => path === HUB)).toEqual([HUB]);
  expect(reads).toContain(`${CERTS}/${MIRROR}`);
  expect(reads.filter((path) => path.includes('other.corp'))).toEqual([]);
  expect(readsMirrorCas(place, new Map())).toEqual([CERTS]);
});
