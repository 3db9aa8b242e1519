import { beforeAll, expect, test } from '@jest/globals';
import { handmadeIn, readsSources } from '../../../../../src/core/doctor/trust/store-sources.js';
import { toPem } from '../../../../../src/core/pki/keys/pem.js';
import {
  SYSTEM_STORES,
  type SystemStore,
} from '../../../../../src/core/trust/consumers/system/system-stores.js';
import { makeSigner } from '../../../../support/authority.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const store = (system: string): SystemStore =>
  SYSTEM_STORES.find(({ systems }) => systems.includes(system))!;
const DEBIAN = store('debian');
const CONF = '/etc/ca-certificates.conf';
const OWN = '/usr/share/ca-certificates/mozilla/own.crt';
let [own, lab] = ['', ''];
beforeAll(async () => {
  [own, lab] = (await Promise.all([makeSigner(), makeSigner()])).map(({ certificate }) =>
    toPem('CERTIFICATE', certificate.der),
  ) as [string, string];
});

const debian = (more: Readonly<Record<string, string>>) =>
  treeOf({ [CONF]: '# these\n!mozilla/off.crt\nmozilla/own.crt\n', [OWN]: own, ...more });

/** update-ca-certificates(8). */
test('what the tool of Debian compiles is named by its file', () => {
  expect(readsSources(debian({}), DEBIAN)).toEqual([CONF, OWN]);
  expect(readsSources(treeOf({ [CONF]: '../../etc/passwd\n' }), DEBIAN)).toEqual([CONF]);
  expect(readsSources(debian({}), store('fedora'))).toEqual([]);
});

test('a certificate of the bundle that no file brings was put there by hand', () => {
  const made = (bundle: string, more: Readonly<Record<string, string>> = {}) =>
    handmadeIn(debian({ [DEBIAN.bundle]: bundle, ...more }), DEBIAN).map(({ subject }) => subject);
  expect(made(own)).toEqual([]);
  expect(made(own + lab)).toEqual(['CN=Test Root']);
  // Once, however often it stands there, and in whatever lines.
  expect(made(own + lab + lab.replaceAll('\n', '\r\n'))).toHaveLength(1);
  expect(made(own + lab, { [`${DEBIAN.anchors}/lab.crt`]: lab })).toEqual([]);
});

test('where nobody knows what goes into the bundle nothing is said of it', () => {
  const bundle = { [DEBIAN.bundle]: lab };
  expect(handmadeIn(treeOf(bundle), DEBIAN)).toEqual([]);
  expect(handmadeIn(treeOf({ ...bundle, [CONF]: '\n' }), DEBIAN)).toEqual([]);
  const fedora = store('fedora');
  expect(handmadeIn(debian({ [fedora.bundle]: lab }), fedora)).toEqual([]);
});
