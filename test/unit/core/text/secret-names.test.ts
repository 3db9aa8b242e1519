import { expect, test } from '@jest/globals';
import { secrecyAt, secrecyOf } from '../../../../src/core/text/secret-names.js';

/** Options of moby's daemon/logger/* that hold a secret, and of plugins what their makers document. */
test.each([
  ...[
    'splunk-token',
    'logentries-token',
    'identitytoken',
    'auth',
    'sumo-url',
    'log-opts.splunk-token',
  ],
  ...['dd-api-key', 'loki-password', 'clientSecret', 'apiKey', 'API_KEY', 'x.passwd', 'sentry-dsn'],
  ...['access_key', 'SECRET_ACCESS_KEY', 'token', 'Password', 'registry."auth-key"'],
  `${'x'.repeat(1000)}-token`,
])('%s is a secret', (name) => {
  expect(secrecyOf(name)).toBe('whole');
});

test.each(['http-proxy', 'HTTPS_PROXY', 'proxies.https-proxy', 'httpProxy', 'all_proxy'])(
  'of %s the user and password are',
  (name) => {
    expect(secrecyOf(name)).toBe('address');
  },
);

/** A path is no secret, nor is what dockerd and Docker's drivers show themselves. */
test.each([
  ...['no-proxy', 'token-file', 'tlskey', 'tlscacert', 'syslog-tls-key', 'splunk-url', 'labels'],
  ...['awslogs-credentials-endpoint', 'gelf-compression-type', 'secretary', 'tokens', 'monkey'],
  ...['constructor', '__proto__', '', '.', 'log-opts', 'splunk-token.'],
])('%s is none', (name) => {
  expect(secrecyOf(name)).toBeNull();
});

test.each<[(string | number)[], 'whole' | 'address' | null]>([
  [['log-opts', 'splunk-token'], 'whole'],
  [['secret', 'http-proxy'], 'whole'],
  [['http-proxy', 'secret'], 'whole'],
  [['http-proxy', 'x'], 'address'],
  [['tokens', 0, 'name'], null],
  [['token', 3], 'whole'],
  [[], null],
])('what stands below a secret name is secret: %j', (path, secrecy) => {
  expect(secrecyAt(path)).toBe(secrecy);
});
