import { describe, expect, test } from '@jest/globals';
import { parse } from 'smol-toml';
import { parseRegistry } from '../../../../../src/core/registry/address.js';
import { buildkit } from '../../../../../src/core/trust/consumers/buildkit.js';
import type { Material } from '../../../../../src/core/trust/contributions/consumer.js';
import { after } from '../../../../../src/core/trust/contributions/contribution.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const CONF = '/etc/buildkit/buildkitd.toml';
const FOLDER = '/etc/buildkit/certs.d/r.test:5000';
const subject = {
  registry: parseRegistry('r.test:5000'),
  machine: { certsDir: '/etc/docker/certs.d', mirrors: [], chosen: null },
};
const CA: Material = { ca: 'PEM', client: null, insecure: false };
const add = (files: Readonly<Record<string, string>>, material: Material = CA) => {
  const { changes, refresh, notes } = buildkit.add({ ...subject, material }, treeOf(files));
  const content = changes.find(({ path }) => path === CONF)?.after?.content;
  const text = content !== undefined && 'text' in content ? content.text : null;
  return { paths: changes.map(({ path }) => path), text, refresh, notes };
};

/** moby/buildkit docs/buildkitd.toml.md: `ca`, `[[registry."…".keypair]]`, `insecure`, `http`. */
describe('a registry is added to buildkitd.toml', () => {
  test('with its CA and its pair, beside it', () => {
    const client = { cert: 'CERT', key: { secret: 'a'.repeat(64), size: 1 } };
    const { paths, text, refresh, notes } = add({}, { ...CA, client });
    expect(paths).toEqual([
      ...['ca.crt', 'client.cert', 'client.key'].map((name) => `${FOLDER}/${name}`),
      CONF,
    ]);
    expect(parse(text ?? '')).toEqual({
      registry: {
        'r.test:5000': {
          ca: [`${FOLDER}/ca.crt`],
          keypair: [{ key: `${FOLDER}/client.key`, cert: `${FOLDER}/client.cert` }],
        },
      },
    });
    // A restart ends the builds that run: it is left to the operator.
    expect(refresh).toEqual([]);
    expect(notes.join()).toContain('systemctl restart buildkit');
  });

  test('insecure: http is spoken, and no certificate is written', () => {
    const { paths, text } = add({}, { ca: null, client: null, insecure: true });
    expect(paths).toEqual([CONF]);
    expect(parse(text ?? '')).toEqual({
      registry: { 'r.test:5000': { insecure: true, http: true } },
    });
  });

  test('what switches verification off stays until it is agreed that it goes', () => {
    const open = { [CONF]: '[registry."r.test:5000"]\nhttp = true\ninsecure = true\n' };
    expect(add(open).text).toContain('http = true\ninsecure = true\n');
    expect(add(open, { ...CA, closes: true }).text).not.toMatch(/http|insecure/);
  });

  test('what is so already is not written again', () => {
    const then = after(new Map(), buildkit.add({ ...subject, material: CA }, new Map()).changes);
    expect(buildkit.add({ ...subject, material: CA }, then)).toMatchObject({
      changes: [],
      notes: [],
    });
  });
});

/** docker/buildx store/nodegroup.go: a file of JSON each, with Name and Driver. */
test('builders that are made already keep their file, which is said of those that have one', () => {
  const builders = '/root/.docker/buildx/instances';
  const { notes } = add({
    [`${builders}/one`]: '{"Name":"my builder","Driver":"docker-container"}',
    [`${builders}/two`]: '{"Name":"two","Driver":"docker"}',
    [`${builders}/broken`]: '{',
    [`${builders}/null`]: 'null',
  });
  expect(notes.filter((note) => note.includes('buildx'))).toEqual([
    expect.stringContaining("`docker buildx rm 'my builder'`"),
  ]);
});

test('taken back, the table and the certificates go, and the rest stays', () => {
  const theirs = 'debug = true\n\n[registry."o.test"]\n  http = true\n';
  const then = treeOf({ [CONF]: theirs });
  const added = after(then, buildkit.add({ ...subject, material: CA }, then).changes);
  const { changes, prune } = buildkit.remove(subject, added);
  const left = after(added, changes);
  expect(left.get(CONF)).toMatchObject({ image: { content: { text: theirs } } });
  expect(left.get(`${FOLDER}/ca.crt`)).toBeNull();
  expect(prune).toEqual([FOLDER, '/etc/buildkit/certs.d', '/etc/buildkit']);
});
