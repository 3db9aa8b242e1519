import { expect, test } from '@jest/globals';
import { NO_TRUST } from '../../../../../src/core/trust/contributions/consumer-trust.js';
import { listTrusted } from '../../../../../src/core/trust/consumers/listing.js';
import { pem } from '../../../../support/chains/der.js';
import { leaf, root } from '../../../../support/chains/judged.js';

const ca = Buffer.from(pem(root()));
const client = Buffer.from(pem(leaf()));

test('who is trusted by what, in the order of the registries', () => {
  const listed = listTrusted(
    [
      { ...NO_TRUST, consumer: 'docker', registry: 'r.corp', ca: [ca], client: [client] },
      { ...NO_TRUST, consumer: 'podman', registry: 'a.corp', insecure: true },
      { ...NO_TRUST, consumer: 'docker', registry: 'empty.corp', ca: [Buffer.from('nothing')] },
    ],
    ['z.corp:5000'],
  );
  expect(
    listed.map(({ consumer, registry, by, insecure }) => [consumer, registry, by, insecure]),
  ).toEqual([
    ['podman', 'a.corp', [], true],
    ['docker', 'r.corp', ['CN=Root', 'client certificate CN=leaf'], false],
    ['docker', 'z.corp:5000', [], true],
  ]);
});

test('the first end counts, and an entry of insecure-registries is said beside its folder', () => {
  const [one, ...more] = listTrusted(
    [{ ...NO_TRUST, consumer: 'docker', registry: 'r.corp', ca: [ca] }],
    ['r.corp'],
  );
  expect(more).toEqual([]);
  expect(one).toMatchObject({ registry: 'r.corp', insecure: true });
  expect(one?.until).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('a hosts.toml that names others is listed without a certificate, too', () => {
  const asks = ['https://m.corp'];
  expect(
    listTrusted([{ ...NO_TRUST, consumer: 'docker', registry: 'docker.io', asks }], []),
  ).toEqual([
    { registry: 'docker.io', consumer: 'docker', by: [], until: null, insecure: false, asks },
  ]);
});
