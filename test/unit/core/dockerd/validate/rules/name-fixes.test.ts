import { expect, test } from '@jest/globals';
import type { ConfigFix } from '../../../../../../src/core/dockerd/validate/config-edit.js';
import { judge, type Given } from '../../../../../support/judge-config.js';

const fixes = (config: unknown, given?: Given) => [...judge(config, given).fixes.values()];

test.each<[object, Given, readonly ConfigFix[]]>([
  // Spelt in another way: certain.
  [
    { insecure_registries: ['a:5000'] },
    {},
    [{ rename: 'insecure_registries', to: 'insecure-registries' }],
  ],
  [{ 'Live-Restore': true }, {}, [{ rename: 'Live-Restore', to: 'live-restore' }]],
  // A letter off: a guess.
  [{ 'live-restor': true }, {}, []],
  // The name of the flag, and one text where the key is a list.
  [
    { 'registry-mirror': 'https://m.test' },
    {},
    [{ rename: 'registry-mirror', to: 'registry-mirrors', as: ['https://m.test'] }],
  ],
  // The right name is taken.
  [{ label: ['a=1'], labels: ['b=1'] }, {}, []],
  // It has done nothing since 17.12.
  [{ 'disable-legacy-registry': true }, {}, [{ remove: ['disable-legacy-registry'] }]],
  [{ graph: '/srv/docker' }, { engine: '24' }, [{ rename: 'graph', to: 'data-root' }]],
  [{ graph: '/srv/docker', 'data-root': '/x' }, { engine: '24' }, []],
  // Into the object that dockerd reads it from.
  [
    { 'https-proxy': 'http://p:1' },
    {},
    [{ move: ['https-proxy'], to: ['proxies', 'https-proxy'] }],
  ],
  [{ 'https-proxy': 'http://p:1', proxies: { 'https-proxy': 'http://q:1' } }, {}, []],
  [{ 'https-proxy': 1 }, {}, []],
])('%j with %j', (config, given, expected) => {
  expect(fixes(config, given)).toEqual(expected);
});
