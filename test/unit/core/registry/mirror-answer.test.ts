import { expect, test } from '@jest/globals';
import { judgeMirror } from '../../../../src/core/registry/mirror-answer.js';

const MANIFEST = 'application/vnd.docker.distribution.manifest.list.v2+json';

test.each([
  [200, MANIFEST, '', 'works'],
  [200, 'application/vnd.oci.image.index.v1+json', '', 'works'],
  [200, 'text/html', '<html>', 'dead'],
  [404, 'application/json', '{}', 'answers'],
  [429, 'application/json', '{}', 'answers'],
  [307, '', '', 'answers'],
  [401, 'application/json', '{}', 'dead'],
  [403, 'text/html', '', 'dead'],
  [400, 'text/plain', 'Client sent an HTTP request to an HTTPS server.', 'dead'],
  [500, '', '', 'dead'],
])('%i %s %j: %s', (status, contentType, body, verdict) => {
  expect(judgeMirror({ status, contentType, body }).verdict).toBe(verdict);
});

test('the reason names the status, and a login that dockerd does not have', () => {
  const reason = (status: number, body = '') =>
    judgeMirror({ status, contentType: '', body }).reason;
  expect(reason(401)).toBe('wants a login (401), and dockerd has none for a mirror');
  expect(reason(502)).toBe('answers 502');
  expect(reason(400, 'sent to HTTPS port')).toMatch(/must begin with https$/);
});
