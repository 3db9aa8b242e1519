import { expect, test } from '@jest/globals';
import { toPem } from '../../../../../../src/core/pki/keys/pem.js';
import {
  listAnchors,
  readsAnchors,
} from '../../../../../../src/core/trust/consumers/system/anchors.js';
import { addToStore } from '../../../../../../src/core/trust/consumers/system/system.js';
import { after } from '../../../../../../src/core/trust/contributions/contribution.js';
import { makeSigner } from '../../../../../support/authority.js';
import { treeOf } from '../../../../../support/doctor-facts.js';

const pemOf = async (name: string) =>
  toPem('CERTIFICATE', (await makeSigner({ subject: [['CN', name]] })).certificate.der);
const [ours, theirs] = [await pemOf('Ours'), await pemOf('Theirs')];
const FOLDER = '/usr/local/share/ca-certificates';
const BUNDLE = '/etc/ssl/certs/ca-certificates.crt';

test('CAs where operators put them: whose they are, and whether the bundle has them', () => {
  const before = treeOf({
    '/etc/os-release': 'ID=debian\n',
    [`${FOLDER}/corp/t.crt`]: theirs,
    [BUNDLE]: theirs,
  });
  const snapshot = after(before, addToStore(before, { name: 'corporate', ca: ours }).changes);
  expect(listAnchors(snapshot)).toEqual([
    {
      ...{ name: 'corporate', path: expect.stringContaining('/dockerctl-corporate-') },
      ...{ subject: 'CN=Ours', compiled: false, until: expect.anything() },
    },
    {
      ...{ name: null, path: `${FOLDER}/corp/t.crt`, subject: 'CN=Theirs', compiled: true },
      until: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    },
  ]);
  expect(readsAnchors(snapshot)).toEqual(expect.arrayContaining([BUNDLE, `${FOLDER}/corp/t.crt`]));
});

test('a system that we do not know has none', () => {
  const snapshot = treeOf({ '/etc/os-release': 'ID=nixos\n' });
  expect(listAnchors(snapshot)).toEqual([]);
  expect(readsAnchors(snapshot)).toEqual(['/etc/os-release', '/usr/lib/os-release']);
});
