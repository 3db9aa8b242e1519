import { expect, test } from '@jest/globals';
import { toPem } from '../../../../../src/core/pki/keys/pem.js';
import { parseRegistry } from '../../../../../src/core/registry/address.js';
import {
  planContributions,
  planDistrust,
  planTrust,
} from '../../../../../src/core/trust/consumers/plan-trust.js';
import { after, NOTHING } from '../../../../../src/core/trust/contributions/contribution.js';
import { makeSigner } from '../../../../support/authority.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const ca = toPem('CERTIFICATE', (await makeSigner()).certificate.der);
const machine = {
  certsDir: '/etc/docker/certs.d',
  mirrors: [],
  chosen: ['docker', 'podman'] as const,
};
const registry = parseRegistry('r.test');
const request = { registry, machine, material: { ca, client: null, insecure: false } };
const files = (plan: ReturnType<typeof planTrust>) =>
  plan.changes.map(({ path }) => path).filter((path) => path.startsWith('/etc/'));

test('one plan for all that were chosen, which says for whom', () => {
  const plan = planTrust('trust r.test', request, new Map());
  expect(files(plan)).toEqual([
    '/etc/docker/certs.d/r.test/ca.crt',
    '/etc/containers/certs.d/r.test/ca.crt',
  ]);
  expect([plan.title, plan.notes, plan.activation.action]).toEqual([
    'trust r.test',
    ['for docker, podman; --to names others'],
    'none',
  ]);
});

test('done again it changes nothing', () => {
  const then = after(new Map(), planTrust('t', request, new Map()).changes);
  expect(planTrust('t', request, then)).toMatchObject({ changes: [], notes: [] });
});

test('who has it already is not served, and stays when it is taken back', () => {
  const there = treeOf({ '/etc/containers/certs.d/r.test/ca.crt': ca });
  const plan = planTrust('t', request, there);
  expect([files(plan), plan.notes]).toEqual([
    ['/etc/docker/certs.d/r.test/ca.crt'],
    ['for docker; --to names others'],
  ]);
  const then = after(there, plan.changes);
  const left = after(then, planDistrust('t', { registry, machine }, then).changes);
  expect([...left].filter(([, entry]) => entry?.kind === 'file').map(([path]) => path)).toEqual([
    '/etc/containers/certs.d/r.test/ca.crt',
  ]);
});

test('insecure is said of docker too, whose part stands in daemon.json', () => {
  const material = { ca: null, client: null, insecure: true };
  expect(planTrust('t', { ...request, material }, new Map()).notes).toContain(
    'for docker, podman; --to names others',
  );
});

test('folders are looked at for what is left in them only by who takes something out', () => {
  const change = { path: '/a/f', before: null, after: null };
  const plan = planContributions('t', [
    { ...NOTHING, prune: ['/a'], changes: [change], notes: ['n'] },
    { ...NOTHING, prune: ['/b'], notes: ['n'] },
  ]);
  expect([plan.prune, plan.notes]).toEqual([['/a'], ['n']]);
});
