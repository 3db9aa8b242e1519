import type { ParseCode } from '../rules/refusal.js';
import type { Words } from './words.js';

const reissue = (says: string, how = ''): Words => ({
  says,
  advice: ({ issue }) => `issue it again${how}: \`${issue}\``,
});

/** By rule of crypto/x509/parser.go: one such certificate anywhere in what a server sends, and dockerd gives up. */
export const PARSE_WORDS: Readonly<Record<ParseCode, Words>> = {
  'not-der': reissue('one of its certificates is damaged'),
  'version-invalid': reissue('one of its certificates has no valid version'),
  'serial-malformed': reissue('the serial number of one of its certificates is malformed'),
  'serial-negative': reissue('the serial number of one of its certificates is negative'),
  'algorithms-differ': reissue('one of its certificates contradicts itself about its signature'),
  'name-malformed': reissue('the subject or issuer of one of its certificates is malformed'),
  'name-string-invalid': reissue(
    'the subject or issuer of one of its certificates has characters that its type of string does not have',
    ' with its names in UTF8String',
  ),
  'name-type-unsupported': reissue(
    'the subject or issuer of one of its certificates has a type of string that this dockerd does not read',
    ' with its names in UTF8String',
  ),
  'time-malformed': reissue('a date of one of its certificates is malformed'),
  'key-malformed': reissue('the key of one of its certificates is malformed'),
  'curve-unsupported': reissue(
    'the key of one of its certificates is on a curve that Go does not have',
    ' with a key on P-256',
  ),
  'curve-point-invalid': reissue(
    'the key of one of its certificates is no uncompressed point of its curve',
  ),
  'signature-malformed': reissue('the signature of one of its certificates is malformed'),
  'identifier-too-large': reissue(
    'one of its certificates has an object identifier that Go does not read',
    ' without identifiers made of a UUID (2.25.…)',
  ),
  'extension-duplicate': reissue('one of its certificates has an extension twice'),
  'extension-malformed': reissue('an extension of one of its certificates is malformed'),
  'extension-wrongly-critical': reissue(
    'one of its certificates marks an extension critical that must not be (RFC 5280 4.2)',
    ' without that mark',
  ),
  'alternative-name-malformed': reissue(
    'one of its certificates has an alternative name that is not ASCII',
    ' with international names as xn--…',
  ),
  'alternative-address-length': reissue(
    'one of its certificates has an IP address of a wrong length',
  ),
  'alternative-address-mapped': reissue(
    'one of its certificates has an IPv4 address in the form of IPv6',
    ' with the address in 4 octets',
  ),
  'alternative-url-malformed': reissue('one of its certificates has a URL that Go does not parse'),
  'constraints-malformed': reissue('the name constraints of one of its certificates are malformed'),
  'constraints-empty': reissue('the name constraints of one of its certificates are empty'),
  'constraints-name-invalid': reissue(
    'a name constraint of one of its certificates is no valid name',
  ),
  'constraints-address-invalid': reissue(
    'an address constraint of one of its certificates is no range',
    ' from an authority whose ranges have a mask (dockerctl certs init --permit CIDR)',
  ),
  'path-length-negative': reissue('the path length of one of its certificates is negative'),
  'policy-duplicate': reissue('one of its certificates names a policy twice'),
  'crl-point-relative': reissue(
    'one of its certificates names its revocation list relative to its issuer',
  ),
};
