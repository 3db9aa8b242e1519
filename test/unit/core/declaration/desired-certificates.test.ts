import { expect, test } from '@jest/globals';
import {
  certificateDrifts,
  planCertificates,
  type WantedTarget,
} from '../../../../src/core/declaration/desired-certificates.js';
import { createPlan, type Plan } from '../../../../src/core/plan/plan.js';
import { DockerctlError } from '../../../../src/errors.js';

const target = { kind: 'folder', path: '/srv/tls' } as const;
const image = { content: { text: 'new' }, mode: 0o644, uid: 0, gid: 0 };
const plan = (changes: Plan['changes']): Plan => createPlan('', { changes });
const missing = plan([{ path: '/srv/tls/reg.crt', before: null, after: image }]);
const error = new DockerctlError({
  code: 'not-found',
  message: 'There is no certificate "reg".',
  hint: 'dockerctl apply',
});
const situation = (...targets: WantedTarget[]) => ({ targets, secrets: new Map() });

test('a certificate that is where it shall be is no drift', () => {
  expect(certificateDrifts(situation({ name: 'reg', target, plan: plan([]) }))).toEqual([]);
});

test('one that is not is drift, which its plan repairs', () => {
  const seen = situation({ name: 'reg', target, plan: missing });
  const [drift] = certificateDrifts(seen);
  expect(drift).toMatchObject({
    id: 'certificates:reg:/srv/tls',
    scope: 'certificates',
    action: 'none',
    beyondRepair: false,
    finding: { code: 'drift-certificate', path: '/srv/tls/reg.crt' },
  });
  expect(planCertificates(seen, 'apply', new Set([drift?.id ?? '']))).toEqual({
    ...missing,
    title: 'apply',
  });
  expect(planCertificates(seen, 'apply', new Set()).changes).toEqual([]);
});

test('one that is not issued cannot be put anywhere', () => {
  const seen = situation({ name: 'reg', target, plan: error });
  expect(certificateDrifts(seen)).toMatchObject([
    { beyondRepair: true, finding: { code: 'drift-impossible', hint: 'dockerctl apply' } },
  ]);
  expect(() => planCertificates(seen, 'apply', null)).toThrow('There is no certificate');
});
