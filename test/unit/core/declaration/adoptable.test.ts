import { expect, test } from '@jest/globals';
import { adoptableTrust } from '../../../../src/core/declaration/adoptable.js';
import {
  NO_TRUST,
  type ConsumerTrust,
} from '../../../../src/core/trust/contributions/consumer-trust.js';
import { pem } from '../../../support/chains/der.js';
import { leaf, root } from '../../../support/chains/judged.js';

const PEM = pem(root());
const ca = Buffer.from(PEM);
const client = Buffer.from(pem(leaf()));

const trusts = (
  consumer: ConsumerTrust['consumer'],
  registry: string,
  more: Partial<ConsumerTrust> = { ca: [ca] },
): ConsumerTrust => ({ ...NO_TRUST, consumer, registry, ...more });

test('a registry is declared once, with all who trust it, the system store by its own spelling among them', () => {
  const trust = [
    trusts('docker', 'r.corp:5000'),
    trusts('podman', 'r.corp:5000'),
    trusts('system', 'r.corp_5000'),
    trusts('system', 'other'),
  ];
  expect(adoptableTrust(trust)).toEqual({
    registries: [
      { name: 'r.corp:5000', ca: PEM, client: false, to: ['docker', 'podman', 'system'] },
    ],
    cas: [{ name: 'other', pem: PEM }],
  });
});

test('a client certificate is no CA, and the key beside a CA stays where it is', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n';
  const trust = [
    trusts('k3s', 'a.corp', { client: [client] }),
    trusts('docker', 'b.corp', { ca: [Buffer.from(PEM + key)] }),
  ];
  expect(adoptableTrust(trust).registries).toEqual([
    { name: 'a.corp', ca: null, client: true, to: [] },
    { name: 'b.corp', ca: PEM, client: false, to: ['docker'] },
  ]);
});

test('folders that no registry can be called by, and CAs of servers that are asked in its place, are not declared', () => {
  const trust = [
    trusts('docker', '_default'),
    trusts('docker', 'https:r.corp'),
    trusts('docker', 'hub.corp', { elsewhere: [ca], asks: ['https://m.corp'] }),
  ];
  expect(adoptableTrust(trust)).toEqual({ registries: [], cas: [] });
});

test('a CA in the store is declared by itself where the registry has none of its own', () => {
  const trust = [trusts('docker', 'r.corp', { client: [client] }), trusts('system', 'r.corp')];
  expect(adoptableTrust(trust).cas).toEqual([{ name: 'r.corp', pem: PEM }]);
});
