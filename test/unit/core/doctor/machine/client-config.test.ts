import { expect, test } from '@jest/globals';
import {
  clientConfigPath,
  clientConfigs,
} from '../../../../../src/core/doctor/machine/client-config.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const read = (text: string) =>
  clientConfigs({
    homes: ['/root', '/home/nobody'],
    snapshot: treeOf({
      [clientConfigPath('/root')]: { content: { text }, mode: 0o600, uid: 0, gid: 0 },
    }),
  });

/** docker/cli config/configfile/file.go. */
test('the config.json of each person who has one', () => {
  const text = JSON.stringify({
    auths: { 'r.corp': { auth: 'eA==' } },
    credsStore: 'pass',
    credHelpers: { 'ecr.aws': 'ecr-login', 'x.corp': '' },
    currentContext: 'far',
  });
  expect(read(text)).toEqual([
    {
      ...{ home: '/root', path: '/root/.docker/config.json', mode: 0o600, readable: true },
      auths: { 'r.corp': { auth: 'eA==' } },
      helpers: ['pass', 'ecr-login'],
      context: 'far',
    },
  ]);
});

test.each(['', '[]', 'null', '{"auths":'])('%j is none that docker reads', (text) => {
  expect(read(text)).toMatchObject([{ readable: false, auths: {}, helpers: [], context: null }]);
});

test('members of another type say nothing', () => {
  expect(
    read('{"auths": 1, "credsStore": 2, "credHelpers": "x", "currentContext": ""}'),
  ).toMatchObject([{ readable: true, auths: {}, helpers: [], context: null }]);
});
