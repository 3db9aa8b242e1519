import { expect, test } from '@jest/globals';
import { criTables } from '../../../../../src/core/doctor/trust/cri-tables.js';
import { treeOf } from '../../../../support/doctor-facts.js';
import { told } from '../../../../support/doctor-findings.js';

const FILE = '/etc/containerd/config.toml';
const REGISTRY = 'plugins."io.containerd.grpc.v1.cri".registry';
const find = (text: string, mode = 0o600) =>
  criTables({ snapshot: treeOf({ [FILE]: { content: { text }, mode, uid: 0, gid: 0 } }) });

const tables = `version = 2
[${REGISTRY}.mirrors."a.corp"]
endpoint = ["https://a.corp"]
[${REGISTRY}.configs."b.corp".tls]
insecure_skip_verify = true
`;
const password = `[${REGISTRY}.configs."b.corp".auth]\nusername = "u"\npassword = "secret"\n`;

test('registries in the old tables are told, with those that nothing is verified for', () => {
  const [finding, ...more] = find(tables, 0o644);
  expect(more).toEqual([]);
  expect(told([finding!])).toEqual([
    'cri-old-tables containerd -> dockerctl trust migrate --to containerd',
  ]);
  expect(finding?.message).toMatch(/\(a\.corp, b\.corp\).*nothing is verified for b\.corp\.$/);
});

test('a password in them is for root’s eyes, and is not repeated', () => {
  const found = find(tables + password, 0o644);
  expect(told(found)).toEqual([
    'cri-old-tables containerd -> dockerctl trust migrate --to containerd',
    `cri-password-readable containerd -> chmod 600 ${FILE}`,
  ]);
  expect(JSON.stringify(found)).not.toContain('secret');
  expect(told(find(tables + password))).toHaveLength(1);
});

test.each(['', 'version = ', `version = 2\n[${REGISTRY}]\nconfig_path = "/x"\n`])(
  'nothing is said of %j',
  (text) => {
    expect(find(text)).toEqual([]);
  },
);

test('nor where there is no containerd', () => {
  expect(criTables({ snapshot: new Map() })).toEqual([]);
});
