import { describe, expect, test } from '@jest/globals';
import { saidOf, verdictOf } from '../../../../../support/judge-config.js';

/** golang.org/x/net/http/httpproxy, parseProxy and init. */
describe('what Go makes of no proxy at all', () => {
  test.each<[object, string[]]>([
    [{ 'http-proxy': 'http:/p' }, ['no-effect proxies.http-proxy']],
    [{ 'https-proxy': 'http://p :1' }, ['no-effect proxies.https-proxy']],
    [{ 'https-proxy': 'ftp://p:1' }, ['no-effect proxies.https-proxy']],
    [{ 'http-proxy': 'p.corp:3128', 'https-proxy': 'http://u:s@p:1' }, []],
    [{ 'https-proxy': 'socks5://p:1080' }, []],
    [{ 'no-proxy': 'localhost,10.0.0.*,.corp,*.lab,10.0.0.0/8' }, ['no-effect proxies.no-proxy']],
    [{ 'no-proxy': 'a;b' }, ['no-effect proxies.no-proxy']],
    [{ 'no-proxy': 'https://a.corp' }, ['no-effect proxies.no-proxy']],
    [{ 'no-proxy': '*' }, []],
  ])('%j', (proxies, expected) => {
    expect(saidOf({ proxies })).toEqual(expected);
    expect(verdictOf({ proxies })[0]).toBe('works');
  });
});

test.each([
  ['10.0.*', 'write "10.0.0.0/16"'],
  ['10.0.0.*', 'write "10.0.0.0/24"'],
  ['a.corp;b.corp', 'write "a.corp,b.corp"'],
  ['https://a.corp', 'write "a.corp"'],
  ['10.0.0.*;https://a.corp .lab;', 'write "10.0.0.0/24,a.corp,.lab"'],
  ['a.*.corp', 'write .example.com for all of a domain'],
])('no-proxy %s: %s', (text, hint) => {
  expect(verdictOf({ proxies: { 'no-proxy': text } })).toEqual([
    'works',
    `warning no-effect proxies.no-proxy -> ${hint}`,
  ]);
});

// As 26.1 and 28.5 were seen to do.
test('an empty text does not switch a proxy of the environment off', () => {
  expect(verdictOf({ proxies: { 'http-proxy': '' } })).toEqual([
    'works',
    "warning no-effect proxies.http-proxy -> take it out of the file, and the variable out of dockerd's unit",
  ]);
});
