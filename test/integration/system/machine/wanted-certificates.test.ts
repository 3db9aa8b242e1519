import { expect, test } from '@jest/globals';
import { parseDeclaration } from '../../../../src/core/declaration/declaration.js';
import type { Host } from '../../../../src/host/host.js';
import {
  beginAuthority,
  emptyAuthority,
} from '../../../../src/system/authority/authority-begin.js';
import { prepareAuthority } from '../../../../src/system/authority/authority-init.js';
import {
  prepareCertificates,
  type IssueRequest,
} from '../../../../src/system/authority/authority-issue.js';
import { authorityFolder } from '../../../../src/system/authority/authority.js';
import { readWantedCertificates } from '../../../../src/system/machine/wanted-certificates.js';
import { temporaryHost } from '../../../support/node-host.js';

const DECLARED = `{ certificates: {
  'a.test': { deploy: [{ to: '/srv/a' }, { to: '/srv/too' }] },
  'b.test': { deploy: [{ to: '/srv/b' }] },
  'c.test': { deploy: [{ to: '/srv/c' }] },
} }`;

const request = (name: string): IssueRequest => ({
  name,
  key: 'ecdsa-p256',
  order: {
    names: [{ kind: 'dns', value: name }],
    subject: [],
    usages: ['server'],
    days: 10,
    explicitDays: false,
  },
});

/** A machine with an authority that has issued these. */
async function machine(names: readonly string[]): Promise<Host> {
  const { host } = temporaryHost();
  const fresh = await prepareAuthority(host, {
    subject: [['CN', 'Test Root']],
    keyType: 'ecdsa-p256',
    days: 100,
    intermediateDays: null,
    constraints: null,
    passphrase: null,
    crlUrl: null,
  });
  const issued = await prepareCertificates(host, fresh.signer, names.map(request));
  const authority = emptyAuthority(authorityFolder(host, undefined), fresh);
  await beginAuthority(host, { ...fresh, issued, authority }, 0);
  return host;
}

/** What is wanted, place by place, and the files of the store that were read for it. */
async function wantedOn(host: Host) {
  const read: string[] = [];
  const fs: Host['fs'] = {
    ...host.fs,
    read: (path, most) => {
      read.push(path);
      return host.fs.read(path, most);
    },
  };
  const declaration = parseDeclaration([{ path: 'd.json5', text: DECLARED }]);
  const { targets } = await readWantedCertificates({ ...host, fs }, declaration);
  const answers = targets.map(({ target, plan }) => [
    target.path,
    'changes' in plan ? plan.changes.length : plan.message,
  ]);
  return { answers, read };
}

test('the store is read once, however many places are declared', async () => {
  const host = await machine(['a.test', 'b.test']);
  const store = authorityFolder(host, undefined);
  const { answers, read } = await wantedOn(host);
  expect(answers).toEqual([
    ['/srv/a', expect.any(Number)],
    ['/srv/too', expect.any(Number)],
    ['/srv/b', expect.any(Number)],
    ['/srv/c', `There is no certificate "c.test" in ${store}.`],
  ]);
  const times = (name: string) => read.filter((path) => path === `${store}/${name}`).length;
  expect(times('ca.crt')).toBe(1);
  expect(times('index.json')).toBe(1);
  expect(times('certs/a.test.key')).toBe(1);
});

test('a store that cannot be had is what is wrong with every place', async () => {
  const { answers } = await wantedOn(temporaryHost().host);
  expect(answers.map(([path]) => path)).toEqual(['/srv/a', '/srv/too', '/srv/b', '/srv/c']);
  for (const [, message] of answers) expect(message).toMatch(/There is no certificate authority/);
});
