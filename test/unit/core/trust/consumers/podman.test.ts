import { describe, expect, test } from '@jest/globals';
import { parse } from 'smol-toml';
import { parseRegistry } from '../../../../../src/core/registry/address.js';
import { insecureDropIn, podman } from '../../../../../src/core/trust/consumers/podman.js';
import type { Material } from '../../../../../src/core/trust/contributions/consumer.js';
import { after } from '../../../../../src/core/trust/contributions/contribution.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const CONF = '/etc/containers/registries.conf';
const CERTS = '/etc/containers/certs.d/r.test:5000';
const DROP_IN = '/etc/containers/registries.conf.d/90-dockerctl-r.test_5000.conf';
const subject = {
  registry: parseRegistry('r.test:5000'),
  machine: { certsDir: '/etc/docker/certs.d', mirrors: [], chosen: null },
};
const CA: Material = { ca: 'PEM', client: null, insecure: false };
const OPEN: Material = { ca: null, client: null, insecure: true };
const add = (files: Readonly<Record<string, string>>, material: Material) =>
  podman
    .add({ ...subject, material }, treeOf(files))
    .changes.map(({ path, after: image }) => [
      path,
      image !== null && 'text' in image.content ? image.content.text : null,
    ]);

/** containers-certs.d(5) and containers-registries.conf(5). */
describe('a registry is added', () => {
  test('by its CA in certs.d', () => {
    expect(add({}, CA)).toEqual([[`${CERTS}/ca.crt`, 'PEM']]);
  });

  test('insecure: by a drop-in, which goes once it is trusted', () => {
    const [[path, text] = []] = add({}, OPEN);
    expect([path, insecureDropIn(subject)]).toEqual([DROP_IN, DROP_IN]);
    expect(parse(text ?? '')).toEqual({ registry: [{ location: 'r.test:5000', insecure: true }] });
    expect(add({ [DROP_IN]: text ?? '' }, CA)).toContainEqual([DROP_IN, null]);
  });

  test('`insecure` of others goes where that was agreed to, out of its own tables alone', () => {
    const text = `unqualified-search-registries = ["docker.io"]

[[registry]]
location = "r.test:5000"
insecure = true # lab

[[registry.mirror]]
location = "m.test"
insecure = true

[[registry]]
prefix = "r.test:5000"
location = "o.test"
insecure = true
`;
    expect(add({ [CONF]: text }, CA).map(([path]) => path)).not.toContain(CONF);
    expect(add({ [CONF]: text }, { ...CA, closes: true })).toContainEqual([
      CONF,
      text.replace('insecure = true # lab\n', ''),
    ]);
  });
});

test('taken back, nothing of it is left', () => {
  for (const material of [CA, OPEN]) {
    const then = after(new Map(), podman.add({ ...subject, material }, new Map()).changes);
    const { changes, prune } = podman.remove(subject, then);
    const left = [...after(then, changes)].filter(([, entry]) => entry?.kind === 'file');
    expect(left).toEqual([]);
    expect(prune[0]).toBe(CERTS);
  }
});
