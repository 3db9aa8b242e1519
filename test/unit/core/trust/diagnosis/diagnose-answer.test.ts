import { describe, expect, test } from '@jest/globals';
import { diagnoseAnswer } from '../../../../../src/core/trust/diagnosis/diagnose-answer.js';
import type { RegistryAnswer } from '../../../../../src/core/trust/diagnosis/facts.js';
import { answered, probed } from '../../../../support/probe-facts.js';

const codes = (parts: Partial<RegistryAnswer>, now = Date.now()) =>
  diagnoseAnswer(answered(parts), probed({ now })).map(
    ({ severity, code }) => `${severity} ${code}`,
  );
const html = { 'content-type': 'text/html; charset=utf-8' };
const challenge = { 'www-authenticate': 'Bearer realm="https://a/t"' };

describe('what a registry says', () => {
  test.each<[string, Partial<RegistryAnswer>]>([
    ['200', {}],
    ['401 with a challenge', { status: 401, headers: challenge }],
    ['404 of a registry', { status: 404 }],
  ])('%s', (_, parts) => {
    expect(codes(parts)).toEqual([]);
  });
});

describe('what no registry says', () => {
  test.each<[string, Partial<RegistryAnswer>]>([
    [
      'error registry-client-certificate-required',
      { status: 400, body: '400 No required SSL certificate was sent' },
    ],
    [
      'error registry-client-certificate-refused',
      { status: 400, body: '400 The SSL certificate error' },
    ],
    [
      'error registry-speaks-https',
      { status: 400, body: 'Client sent an HTTP request to an HTTPS server.' },
    ],
    ['error registry-proxy-login', { status: 407, headers: {} }],
    [
      'error registry-proxy-in-between',
      { status: 503, headers: { server: 'squid/5.7', 'x-squid-error': 'ERR_DNS_FAIL 0' } },
    ],
    ['error registry-redirects', { status: 302, headers: { location: '/login' } }],
    ['error registry-broken', { status: 502, headers: html }],
    ['warning registry-limits', { status: 429 }],
    ['error registry-forbids', { status: 403, headers: html }],
    ['error registry-not-a-registry', { status: 200, headers: html }],
    ['error registry-not-a-registry', { status: 404, headers: {} }],
    ['error registry-no-challenge', { status: 401 }],
  ])('%s: %j', (said, parts) => {
    expect(codes(parts)).toEqual([said]);
  });
});

test('a clock that is off by five minutes is told, ours or its', () => {
  const date = 'Sat, 21 Nov 2026 12:00:00 GMT';
  const headers = { ...answered().headers, date };
  const at = (minutes: number) => codes({ headers }, Date.parse(date) + minutes * 60_000);
  expect([at(0), at(4), at(-4)]).toEqual([[], [], []]);
  expect(at(6)).toEqual(['warning registry-clock-skew']);
  expect(at(-6)).toEqual(['warning registry-clock-skew']);
});
