import { expect, test } from '@jest/globals';
import { parseGoUrl } from '../../../../../../src/core/dockerd/options/values/url.js';

/** Go's net/url/url_test.go, as far as they have `://`. */
test.each([
  ['http://www.google.com', { scheme: 'http', user: null, host: 'www.google.com', path: '' }],
  ['http://www.google.com/file%20one', { path: '/file%20one' }],
  ['http://user:password@google.com', { user: 'user:password', host: 'google.com' }],
  ['http://j@ne:password@google.com', { user: 'j@ne:password', host: 'google.com' }],
  ['HTTPS://A/', { scheme: 'https', host: 'A', path: '/' }],
  ['http://a?q=a?b#f?g#h', { path: '', query: 'q=a?b', fragment: 'f?g#h' }],
  ['http://[fe80::1]:8080/', { host: '[fe80::1]:8080' }],
  ['http://[fe80::1%25en0]/', { host: '[fe80::1%25en0]' }],
  ['http://192.168.0.1:/', { host: '192.168.0.1:' }],
  ['http://hello.世界.com/foo', { host: 'hello.世界.com' }],
  ['http:///etc', { host: '', path: '/etc' }],
  ['unix:///var/run/docker.sock', { scheme: 'unix', path: '/var/run/docker.sock' }],
  ['http://a/%2f', { path: '/%2f' }],
  ['http://a/b\\c d', { path: '/b\\c d' }],
])('%s', (text, parts) => {
  expect(parseGoUrl(text)).toMatchObject(parts);
});

test.each([
  ...['', 'a', 'a/b', 'mailto:a@b', '//a', '://a', '1http://a', 'ht_tp://a'],
  ...['http://[::1', 'http://[::1]x', 'http://::1]', 'http://a:b', 'http://a:1:b', 'http://a b/'],
  ...[
    'http://a/%',
    'http://a/%zz',
    'http://a/#%zz',
    'http://a%20b/',
    'http://us er@a/',
    'http://a\n',
  ],
  ...['http://a\u007f/', 'http://a^b', 'http://a`b', 'http://{a}', 'http://a|b', 'http://u\\@a/'],
])('Go has no URL in %j', (text) => {
  expect(parseGoUrl(text)).toBeNull();
});
