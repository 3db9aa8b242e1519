import { describe, expect, test } from '@jest/globals';
import {
  declaredTargets,
  expiryWarnings,
  heldCertificates,
  certificateSteps,
  stepText,
  type Warned,
} from '../../../../src/core/agent/certificate-renewal.js';

const DAY = 86_400_000;

describe('the upkeep of certificates', () => {
  const declared = {
    reg: { domains: ['reg.example.com', '*.reg.example.com'], ips: ['10.0.0.1'], days: 90 },
    'www.example.com': { profile: 'harbor', deploy: [{ harbor: '/opt/harbor' }, { to: '/srv' }] },
  };

  test('issues what is missing', () => {
    const steps = certificateSteps(declared, [], 0);
    expect(steps.map(stepText)).toEqual([
      'certs issue --name=reg --domain=reg.example.com --domain=*.reg.example.com --ip=10.0.0.1 --days=90',
      'certs issue --name=www.example.com --domain=www.example.com --profile=harbor',
    ]);
    expect(steps[0]).toEqual({
      kind: 'issue',
      name: 'reg',
      domains: ['reg.example.com', '*.reg.example.com'],
      ips: ['10.0.0.1'],
      profile: undefined,
      days: 90,
    });
  });

  test('knows where each shall be besides', () => {
    expect(declaredTargets(declared['www.example.com'])).toEqual([
      { kind: 'harbor', path: '/opt/harbor' },
      { kind: 'folder', path: '/srv' },
    ]);
    expect(declaredTargets(declared.reg)).toEqual([]);
  });

  test('renews what is due and declared, and nothing else', () => {
    const held = [
      { name: 'reg', notAfter: 90 * DAY, renewAfter: 60 * DAY, isRevoked: false },
      { name: 'www.example.com', notAfter: 90 * DAY, renewAfter: 61 * DAY, isRevoked: false },
      { name: 'of-another', notAfter: 90 * DAY, renewAfter: 1 * DAY, isRevoked: false },
    ];
    expect(certificateSteps(declared, held, 59 * DAY)).toEqual([]);
    expect(certificateSteps(declared, held, 60 * DAY)).toEqual([{ kind: 'renew', names: ['reg'] }]);
  });
});

test('what was revoked is neither renewed nor issued again unasked; what was issued again since is renewed', () => {
  const at = (day: number) => day * DAY;
  const dates = { notAfter: at(90), renewAfter: at(60) };
  const again = { name: 'b', isRevoked: false, notAfter: at(95), renewAfter: at(65) };
  const held = heldCertificates([
    { name: 'a', isRevoked: true, ...dates },
    again,
    { name: 'b', isRevoked: true, ...dates },
  ]);
  expect(held.map(({ name, isRevoked }) => [name, isRevoked])).toEqual([
    ['a', true],
    ['b', false],
  ]);
  expect(certificateSteps({ a: {}, b: {} }, held, 64 * DAY)).toEqual([]);
  expect(certificateSteps({ a: {}, b: {} }, held, 65 * DAY)).toEqual([
    { kind: 'renew', names: ['b'] },
  ]);
});

test('a declared wildcard is known by the name that its files have', () => {
  const declared = { '*.example.com': {} };
  const held = [
    { name: '_wildcard.example.com', notAfter: 90 * DAY, renewAfter: 60 * DAY, isRevoked: false },
  ];
  expect(certificateSteps(declared, held, 59 * DAY)).toEqual([]);
  expect(certificateSteps(declared, held, 60 * DAY)).toEqual([
    { kind: 'renew', names: ['_wildcard.example.com'] },
  ]);
});

describe('warnings of expiry', () => {
  test('come once at 30, 14, 7 and 1 days, and again after a renewal', () => {
    let warned: Warned = new Map();
    const days: number[] = [];
    for (let day = 0; day < 200; day += 0.25) {
      const notAfter = (day < 99.5 ? 100 : 200) * DAY;
      const result = expiryWarnings([{ name: 'reg', notAfter }], warned, day * DAY);
      ({ warned } = result);
      if (result.reports.length > 0) days.push(day);
    }
    expect(days).toEqual([70, 86, 93, 99, 170, 186, 193, 199]);
  });
});
