import { describe, expect, test } from '@jest/globals';
import { redactText, redactValue, redactWords } from '../../../../src/core/text/redact.js';

describe('a text', () => {
  test.each([
    ['http://me:pw@p.test:3128', 'http://…@p.test:3128'],
    ['set to https://token@m.test/x, not', 'set to https://…@m.test/x, not'],
    ['http://me:p@ss@h', 'http://…@h'],
    [`http://me:it's@h`, 'http://…@h'],
    ['["http://a:b@h","tcp://c:d@e:1"]', '["http://…@h","tcp://…@e:1"]'],
    ['{"http-proxy":"me:pw@p.test:3128"}', '{"http-proxy":"…@p.test:3128"}'],
    ['HTTP_PROXY=me:pw@[::1]:80', 'HTTP_PROXY=…@[::1]:80'],
    ['config set proxies.http-proxy me:pw@p:3128', 'config set proxies.http-proxy …@p:3128'],
    ['http://…@h', 'http://…@h'],
  ])('%s', (text, masked) => {
    expect(redactText(text)).toBe(masked);
  });

  test.each([
    'https://m.test/a@b',
    'img:1@sha256:0123456789abcdef',
    'registry.test:5000/img:1@sha256:01234',
    'email:me@example.com',
    'a // me@example.com',
    'docker@1.service',
    '//',
  ])('%s says nothing secret', (text) => {
    expect(redactText(text)).toBe(text);
  });

  test.each([
    ['{"log-opts":{"splunk-token":"s3c"}}', '{"log-opts":{"splunk-token":"…"}}'],
    ['-    "splunk-token": "a\\"b",', '-    "splunk-token": "…",'],
    ['+"splunk-token"\n+  :\n+  "abc"\n', '+"splunk-token"\n+  :\n+  "…"\n'],
    ['"splunk-token": "never closed', '"splunk-token": "…'],
    ['"splunk-token": 123, "a": 1', '"splunk-token": …, "a": 1'],
    ['"tokens": 1, "dd-api-key": ["a", "b"]', '"tokens": 1, "dd-api-key": […]'],
    ['"{\\"splunk-token\\": \\"abc\\"}"', '"{\\"splunk-token\\": \\"…\\"}"'],
    ['dockerd --log-opt splunk-token=abc -D', 'dockerd --log-opt splunk-token=… -D'],
    ['["--log-opt","splunk-token=a b"]', '["--log-opt","splunk-token=…"]'],
    [`--log-opt='splunk-token=a b' -D`, `--log-opt='splunk-token=…' -D`],
    [`{ token: 'abc' }`, `{ token: '…' }`],
    ['"http-proxy": "me:pw@p"', '"http-proxy": "…@p"'],
    ['HTTPS_PROXY=me:pw@p NO_PROXY=q', 'HTTPS_PROXY=…@p NO_PROXY=q'],
    ['clientSecret="x"', 'clientSecret="…"'],
    ['  password = "a b"\n', '  password = "…"\n'],
    ["+password\t=\t'abc'", "+password\t=\t'…'"],
    ['auth = { password = "abc" }', 'auth = {…}'],
    ['auth = "dXNlcjpwdw=="', 'auth = "…"'],
    ['{"auths":{"reg.test":{"auth":"dXNlcjpwdw=="}}}', '{"auths":{"reg.test":{"auth":"…"}}}'],
    ['      auth: dXNlcjpwdw==\n', '      auth: …\n'],
    ['[configs."reg.test".auth]\npassword = "a"', '[configs."reg.test".auth]\npassword = "…"'],
    ['"authorization-plugins": ["a"]', '"authorization-plugins": ["a"]'],
    ['identitytoken = "abc"', 'identitytoken = "…"'],
    ['+      password: abc\n       username: me', '+      password: …\n       username: me'],
    ['- token: abc # of CI', '- token: … # of CI'],
    ['password: abc\r\n', 'password: …\r\n'],
    ['password: a:"b"', 'password: …'],
    ['password: a#b\n', 'password: …\n'],
    ['"splunk-token": "…"', '"splunk-token": "…"'],
  ])('%s', (text, shown) => {
    expect(redactText(text)).toBe(shown);
  });

  test.each([
    'splunk-token: the token of Splunk',
    'the token: nothing',
    'password:\n  of: me',
    'password:',
    'password = ',
    'the password = the word',
    'tokens: 3',
    '"token-file": "/etc/t"',
    '"syslog-tls-key": "/etc/k.pem"',
    '"tlskey": "/k"',
    '"awslogs-credentials-endpoint": "/creds"',
    'log-opts.splunk-token is not there',
    'secretary="x"',
    '"no-proxy": "a,b"',
  ])('%s says nothing secret either', (text) => {
    expect(redactText(text)).toBe(text);
  });
});

test('every text of a value; what makes its own JSON is left to it', () => {
  const date = new Date(0);
  expect(redactValue({ a: ['http://u:p@h', 1, null], b: { c: true }, d: undefined, date })).toEqual(
    {
      ...{ a: ['http://…@h', 1, null], b: { c: true }, date },
    },
  );
});

test('what stands under the name of a secret, in an object, a finding or a command line', () => {
  const value = {
    'log-opts': { 'splunk-token': 's', 'splunk-url': 'https://a:b@h' },
    labels: ['token=x'],
  };
  expect(redactValue(value)).toEqual({
    'log-opts': { 'splunk-token': '…', 'splunk-url': 'https://…@h' },
    labels: ['token=…'],
  });
  expect(redactValue({ key: 'log-opts.splunk-token', value: 's', source: 'file' })).toEqual({
    ...{ key: 'log-opts.splunk-token', value: '…', source: 'file' },
  });
  expect(redactValue({ secret: 'a'.repeat(64), size: 3 })).toEqual({
    ...{ secret: 'a'.repeat(64), size: 3 },
  });
  expect(redactWords(['config', 'set', 'log-opts.splunk-token', 'a', 'b'])).toEqual([
    ...['config', 'set', 'log-opts.splunk-token', '…', '…'],
  ]);
  expect(redactWords(['config', 'set', 'proxies.http-proxy', 'me:pw@p', 'x'])[3]).toBe('…@p');
});
