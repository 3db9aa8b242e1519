import * as make from './certificate.js';
import { attribute, cn, int, latin1, pem, seq, set, tlv } from './der.js';
import { anyExtensions } from './random-extensions.js';
import { anyName } from './random-names.js';
import type { Random } from './random.js';

const TAGS = [
  ...[0, 1, 2, 3, 4, 5, 6, 12, 19, 20, 22, 23, 24, 28, 30, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82],
  ...[0x86, 0x87, 0xa0, 0xa3, 0xff],
];

/** One certificate with a byte or two that are wrong, missing or too many. */
export function damagedCertificate(samples: readonly Buffer[], random: Random): Buffer {
  let bytes: Buffer = Buffer.from(random.pick(samples));
  for (let count = 1 + random.below(2); count > 0; count -= 1) {
    const at = random.below(bytes.length);
    const how = random.next();
    if (how < 0.5) bytes[at] = bytes[at]! ^ (1 << random.below(8));
    else if (how < 0.8) bytes[at] = random.pick(TAGS);
    else if (how < 0.9)
      bytes = Buffer.concat([bytes.subarray(0, at), random.bytes(1), bytes.subarray(at)]);
    else bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
  }
  return bytes;
}

const STRING_TAGS = [12, 19, 20, 22, 18, 28, 30, 26, 27, 2, 3, 4, 5, 6, 1, 23, 24, 0x30, 0x80];
const STRINGS = [
  ...['Example', 'a_b@c', '12 3', '', '260101000000Z'].map((one) => Buffer.from(one)),
  ...['c3a9', 'fffe', 'd8000041', '00410000', '01', '00', 'ff', '8001', '2a0304'].map((hex) =>
    Buffer.from(hex, 'hex'),
  ),
  Buffer.alloc(9, 1),
];
const TIMES = [
  ...['260101000000Z', '2601010000Z', '260101000000+0100', '260101000000+0000'],
  ...['260101000000-0000', '260229000000Z', '260101240000Z', '260101000060Z', '20260101000000Z'],
  ...['20260101000000.5Z', '20260101000000+0100', '491231235959Z', '500101000000Z'],
  ...['690101000000Z', '99991231235959Z', '00000101000000Z', '2601010000+0130', '260101000000'],
  ...['261301000000Z', '20501231000000Z', '360101000000Z', '240229000000Z', '260101000000Z '],
  ...['260101000000z', '300101000000+2400', '300101000000+2500', '300101000000+0060'],
];
const SERIALS = [
  ...[int(0), int(-5), int(-128)],
  ...['0001', '', '07'.repeat(30)].map((hex) => tlv(2, Buffer.from(hex, 'hex'))),
];
const ALTERNATIVE_NAMES = Buffer.of(0x55, 0x1d, 0x11);

/** A pinned certificate with odd strings, dates and serials. */
export function oddCertificate(keys: readonly make.Key[], random: Random): Buffer {
  const p = (probability: number) => random.chance(probability);
  const key = random.pick(keys.slice(0, 2));
  const value = () => tlv(random.pick(STRING_TAGS), random.pick(STRINGS));
  const time = () => {
    const written = random.pick(TIMES);
    const fitting = /^\d{14}/.test(written) ? 24 : 23;
    return latin1(p(0.85) ? fitting : random.pick([23, 24, 19]), written);
  };
  const subject = p(0.6) ? seq(attribute('2.5.4.3', value())) : p(0.1) ? seq(set()) : cn('x');
  const about = { key, parentId: key.id, isAuthority: false };
  const more = anyExtensions(about, random).filter((one) => !one.includes(ALTERNATIVE_NAMES));
  const names = Array.from({ length: random.below(3) }, () => anyName(random));
  return make.certificate({
    ...{ issuer: subject, subject, key, signer: key },
    ...(p(0.2) ? { serial: random.pick(SERIALS) } : {}),
    ...(p(0.5) ? { validity: seq(time(), time()) } : {}),
    extensions: [
      make.alternativeNames([...names, make.dns('registry.test')]),
      ...(p(0.4) ? more : []),
    ],
  });
}

const SCRAPS = [
  ...['\n', '\r\n', ' ', '\t', '\xef\xbb\xbf', 'Bag Attributes\n', 'X: y\n', '\nX: y\n\n'],
  ...['-----BEGIN CERTIFICATE-----\n', '-----END CERTIFICATE-----\n', '-----BEGIN X-----\n'],
  ...['-----END X-----\n', '-----END a: b-----\n', '# a\n', '-----', 'junk', '=', 'AAAA\n', '\n\n'],
  ...['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----'],
];
const LABELS = ['X509 CERTIFICATE', 'TRUSTED CERTIFICATE', 'certificate', 'CERTIFICATE '];
const LINE_ENDS = ['\r\n', '\r', ' \n', '\n\n', '\n '];

/** A file with `wanted` in it, and `other` perhaps, as people paste and cut them. */
export function damagedPem(other: Buffer, wanted: Buffer, random: Random): string {
  let block = pem(wanted);
  if (random.chance(0.3)) block = block.replaceAll('\n', random.pick(LINE_ENDS));
  if (random.chance(0.3)) block = block.replaceAll('CERTIFICATE', random.pick(LABELS));
  const optional = () => (random.chance(0.4) ? pem(other) : '');
  let file = optional() + block + optional();
  for (let count = random.below(4); count > 0; count -= 1) {
    const places = [
      0,
      file.length,
      block.length,
      28,
      file.indexOf('-----END'),
      file.lastIndexOf('-----BEGIN'),
    ];
    const at = Math.max(0, random.chance(0.5) ? random.pick(places) : random.below(file.length));
    const cut = random.chance(0.75) ? 0 : 1 + random.below(3);
    file = file.slice(0, at) + (cut === 0 ? random.pick(SCRAPS) : '') + file.slice(at + cut);
  }
  return file;
}
