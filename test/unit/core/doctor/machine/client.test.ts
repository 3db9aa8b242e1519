import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { clientFamily, contextPaths } from '../../../../../src/core/doctor/machine/client.js';
import { doctorFacts, type Machine } from '../../../../support/doctor-facts.js';
import { alarmsOn, told } from '../../../../support/doctor-findings.js';

const FILE = '/root/.docker/config.json';
const client = (json: object | string, mode = 0o600) => ({
  [FILE]: {
    content: { text: typeof json === 'string' ? json : JSON.stringify(json) },
    ...{ mode, uid: 0, gid: 0 },
  },
});
const find = (machine: Machine) => told(clientFamily.find(doctorFacts(machine)));
/** docker/cli cli/context/store: metadata lies under the SHA-256 of the name. */
const meta = (name: string) =>
  `/root/.docker/contexts/meta/${createHash('sha256').update(name).digest('hex')}/meta.json`;

test('a person logged in to nothing, and one with a helper that is there, are no alarm', () => {
  expect(alarmsOn({ files: client({ auths: {}, detachKeys: 'ctrl-q' }) })).toEqual([]);
  const files = client({ credsStore: 'pass', auths: { 'registry.lab:5000': {} } });
  const kindOf = (path: string) =>
    path === '/usr/bin/docker-credential-pass' ? ('executable' as const) : null;
  expect(alarmsOn({ files, facts: { host: { kindOf } } })).toEqual([]);
});

test('a helper that is not there fails each login', () => {
  const files = client({ credHelpers: { 'r.corp': 'ecr-login' } });
  expect(find({ files })).toEqual([
    `credential-helper-missing docker-credential-ecr-login -> mv -n ${FILE} ${FILE}.unused`,
  ]);
  // Nobody could look.
  expect(find({ files, facts: { host: {} } })).toEqual([]);
});

describe('a password in plain text', () => {
  const login = { auths: { 'r.corp': { auth: 'dTpw' }, 'other.corp': {} } };

  test('is told by its registry', () => {
    expect(find({ files: client(login) })).toEqual([
      'credentials-in-plain-text r.corp -> docker logout r.corp',
    ]);
  });

  test('that others can read is worse', () => {
    expect(find({ files: client(login, 0o644) })).toEqual([
      `credentials-readable r.corp -> chmod 600 ${FILE}`,
      'credentials-in-plain-text r.corp -> docker logout r.corp',
    ]);
    expect(find({ files: client({ auths: {} }, 0o644) })).toEqual([]);
  });
});

test('a file that is no JSON is set aside', () => {
  expect(find({ files: client('{"auths":') })).toEqual([
    `client-config-broken ${FILE} -> mv -n ${FILE} ${FILE}.unused`,
  ]);
});

test('a context of the file is missing, or leads elsewhere', () => {
  const hint = 'docker --context default context use default';
  const files = client({ currentContext: 'far' });
  expect(find({ files })).toEqual([`client-context-missing far -> ${hint}`]);
  expect(find({ files: { ...files, [meta('far')]: '{}' } })).toEqual([
    `client-elsewhere far -> ${hint}`,
  ]);
  expect(find({ files: client({ currentContext: 'default' }) })).toEqual([]);
  // A rootless engine is reached by a context of its own.
  const observed = { flavour: 'rootless' } as const;
  expect(find({ files: { ...files, [meta('far')]: '{}' }, observed })).toEqual([]);
});

test('the contexts in use are looked at', () => {
  const environment = { host: null, context: 'env', home: '/root' };
  expect(contextPaths([], environment)).toEqual([meta('env')]);
  expect(contextPaths([], { ...environment, context: null })).toEqual([]);
});
