import { describe, expect, test } from '@jest/globals';
import { parseRegistry } from '../../../../src/core/registry/address.js';
import { refusalOf } from '../../../support/refusal.js';

const refusal = (text: string) => refusalOf('invalid-registry-name', () => parseRegistry(text));

/** distribution/reference: what can stand before the first `/` of an image name. */
describe('refused as the name of a registry', () => {
  test.each([
    ['', /empty/, /registry\.example\.com:5000/],
    [' ', /empty/, /registry\.example\.com:5000/],
    [' reg.example:5000', /space/, /^write reg\.example:5000$/],
    ['reg example', /space/, /^write regexample$/],
    ['reg.example\u001b[31m:5000', /cannot be seen/, /type the name/],
    ['reg\u200b.example', /cannot be seen/, /type the name/],
    ['docker.io', /Docker Hub/, /trust add-ca/],
    ['https://index.docker.io/v1/', /Docker Hub/, /trust add-ca/],
    ['registry-1.docker.io', /Docker Hub/, /trust add-ca/],
    ['hub.docker.com', /Docker Hub/, /trust add-ca/],
    ['library/ubuntu', /image on Docker Hub/, /registry\.example/],
    ['*.example.com', /wildcards/, /name each/],
    ['../../etc', /out of the certs\.d/, /registry\.example/],
    ['reg.example/../../x', /out of the certs\.d/, /registry\.example/],
    ['a..b', /out of the certs\.d/, /registry\.example/],
    ['.', /dot at the end/, /write/],
    ['reg.example\\x', /out of the certs\.d/, /registry\.example/],
    ['my_reg:5000', /underscore/, /without underscores/],
    ['reg.example_5000_', /underscore/, /^write reg\.example:5000$/],
    ['_default', /underscore/, /without underscores/],
    ['reg.example.', /dot at the end/, /^write reg\.example$/],
    ['reg.example.:5000', /dot at the end/, /^write reg\.example:5000$/],
    ['.reg.example', /1 to 63/, /registry\.example/],
    ['-reg.example', /hyphen/, /registry\.example/],
    ['reg-.example', /hyphen/, /registry\.example/],
    ['reg.example:', /no port/, /^write reg\.example$/],
    [':5000', /host is missing/, /^write registry\.example\.com:5000$/],
    ['reg.example:abc', /not a port/, /^write reg\.example$/],
    ['reg.example:5000:latest', /more than one colon/, /HOST:PORT/],
    ['reg.example:65536', /65535/, /registry\.example/],
    ['reg.example:99999', /65535/, /registry\.example/],
    ['reg.example:0', /zero/, /registry\.example/],
    ['reg.example:0443', /zero/, /^write reg\.example:443$/],
    ['10.0.0.0/8', /a network/, /10\.0\.0\.0:5000/],
    ['10.0.0.0/33', /at most \/32/, /10\.0\.0\.0\/24/],
    ['fd00::/129', /of IPv6 \/128/, /fd00::\/64/],
    ['2001:db8::/32', /a network/, /insecure/],
    ['1.2.3', /IPv4/, /192\.0\.2\.10/],
    ['999.1.1.1:5000', /IPv4/, /192\.0\.2\.10/],
    ['::1', /brackets/, /^write \[::1\]$/],
    ['[fe80::1%eth0]:5000', /no zone/, /\[2001:db8::1\]/],
    ['[::1', /IPv6/, /\[2001:db8::1\]/],
    ['[1:2]:5000', /no such IPv6/, /\[2001:db8::1\]/],
    ['ftp://reg.example', /https or http/, /registry\.example/],
    ['régistre.example:5000', /ASCII/, /^write xn--rgistre-bya\.example:5000$/],
    ['reg%2e.example', /letters, digits/, /registry\.example/],
    [`${'a'.repeat(64)}.example`, /63/, /registry\.example/],
    [`${'a.'.repeat(127)}example`, /253/, /registry\.example/],
  ])('%j', (text, reason, hint) => {
    const error = refusal(text);
    expect(error.message).toMatch(reason);
    expect(error.hint).toMatch(hint);
  });
});
