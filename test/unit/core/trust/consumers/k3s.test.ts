import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parseRegistry } from '../../../../../src/core/registry/address.js';
import { k3s, parseRegistries } from '../../../../../src/core/trust/consumers/k3s.js';
import type { Material } from '../../../../../src/core/trust/contributions/consumer.js';
import { after } from '../../../../../src/core/trust/contributions/contribution.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const CONF = '/etc/rancher/k3s/registries.yaml';
const CERTS = '/etc/rancher/k3s/certs.d/r.test:5000';
const subject = {
  registry: parseRegistry('r.test:5000'),
  machine: { certsDir: '/etc/docker/certs.d', mirrors: [], chosen: null },
};
const CA: Material = { ca: 'PEM', client: null, insecure: false };
const add = (files: Readonly<Record<string, string>>, material: Material = CA) => {
  const { changes, notes } = k3s.add({ ...subject, material }, treeOf(files));
  const content = changes.find(({ path }) => path === CONF)?.after?.content;
  const text = content !== undefined && 'text' in content ? content.text : '';
  return { paths: changes.map(({ path }) => path), text, notes };
};
const tls = (text: string) =>
  (parse(text) as { configs: Record<string, { tls: unknown }> }).configs['r.test:5000']?.tls;

/** docs.k3s.io/installation/private-registry: configs.NAME.tls. */
describe('a registry is added to registries.yaml', () => {
  test('with its CA beside it; the file may hold passwords and is root’s alone', () => {
    const { changes } = k3s.add({ ...subject, material: CA }, new Map());
    expect(changes.map(({ path, after: image }) => [path, image?.mode])).toEqual([
      [`${CERTS}/ca.crt`, 0o644],
      [CONF, 0o600],
    ]);
    expect(tls(add({}).text)).toEqual({ ca_file: `${CERTS}/ca.crt` });
    expect(add({}).notes.join()).toContain('systemctl restart k3s');
  });

  test('insecure: nothing is verified, and that it is asked over https still is said', () => {
    const { paths, text, notes } = add({}, { ca: null, client: null, insecure: true });
    expect(paths).toEqual([CONF]);
    expect(tls(text)).toEqual({ insecure_skip_verify: true });
    expect(notes.join()).toContain('over https still');
  });

  test('what is there keeps its bytes', () => {
    const theirs = '# mine\nconfigs:\n    "o.test":   # theirs\n        tls: {}\nmirrors: {}\n';
    const { text } = add({ [CONF]: theirs });
    expect(
      text
        .split('\n')
        .filter((line) => theirs.split('\n').includes(line))
        .join('\n'),
    ).toBe(theirs);
    expect(Object.keys((parse(text) as { configs: object }).configs)).toEqual([
      'r.test:5000',
      'o.test',
    ]);
  });

  test('an entry that is there keeps its password', () => {
    const theirs =
      'configs:\n  r.test:5000:\n    auth: {username: u, password: p}\n    tls: {insecure_skip_verify: true}\n';
    const { text } = add({ [CONF]: theirs }, { ...CA, closes: true });
    expect(parse(text)).toEqual({
      configs: {
        'r.test:5000': {
          auth: { username: 'u', password: 'p' },
          tls: { ca_file: `${CERTS}/ca.crt` },
        },
      },
    });
    expect(tls(add({ [CONF]: theirs }).text)).toHaveProperty('insecure_skip_verify', true);
  });

  test('rke2 has a folder of its own', () => {
    expect(add({ '/etc/rancher/rke2/config.yaml': '' }).paths).toEqual([
      '/etc/rancher/rke2/certs.d/r.test:5000/ca.crt',
      '/etc/rancher/rke2/registries.yaml',
    ]);
  });

  test.each(['- a\n', 'configs:\n  r.test:5000:\n    tls: [1]\n', 'a: ['])(
    '%j is refused',
    (text) => {
      expect(() => add({ [CONF]: text })).toThrow(
        expect.objectContaining({ message: expect.stringContaining(CONF) }),
      );
    },
  );
});

test.each(['', '# mine\n', 'mirrors: {}\n', 'configs:\n  "o.test":\n    tls: {}\n'])(
  'taken back, %j is as it was',
  (theirs) => {
    const before = treeOf(theirs === '' ? {} : { [CONF]: theirs });
    const added = after(before, k3s.add({ ...subject, material: CA }, before).changes);
    const left = after(added, k3s.remove(subject, added).changes);
    const entry = left.get(CONF) ?? null;
    expect(entry?.kind === 'file' ? entry.image.content : { text: '' }).toEqual({ text: theirs });
    expect(left.get(`${CERTS}/ca.crt`)).toBeNull();
  },
);

test('the file is a map, or empty', () => {
  expect(parseRegistries(CONF, '').contents).toBeNull();
  expect(() => parseRegistries(CONF, 'text')).toThrow('it is not a map');
});
