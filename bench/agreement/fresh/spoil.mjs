// What people and editors do to a configuration: values of another type, names in another spelling, text that is no JSON any more.
import fc from 'fast-check';
import { pick } from './arbitraries.mjs';

const { constantFrom, oneof, tuple } = fc;

/** A value to stand where another was meant; raw JSON text, so that 1e3, 1.0 and huge numbers survive. */
export const oddValue = constantFrom(
  'null',
  'true',
  'false',
  '0',
  '1',
  '-1',
  '1.5',
  '1.0',
  '1e3',
  '1E2',
  '-0',
  '1e999',
  '1e-999',
  '9223372036854775807',
  '9223372036854775808',
  '-9223372036854775809',
  '18446744073709551616',
  '123456789012345678901234567890',
  '""',
  '" "',
  '"true"',
  '"false"',
  '"1500"',
  '"null"',
  '"\\u0000"',
  '"\\ud800"',
  '"\\ud83d\\udc33"',
  '"\\/"',
  '[]',
  '[null]',
  '[[]]',
  '[""]',
  '[1]',
  '["a", 1]',
  '[{}]',
  '[[["a"]]]',
  '[true]',
  '{}',
  '{"a": 1}',
  '{"debug": true}',
  '{"": ""}',
  '{"bip": {}}',
  '{"hosts": []}',
  '{"dns": null}',
);

export const wrapped = (text) =>
  constantFrom(
    `[${text}]`,
    `{"value": ${text}}`,
    JSON.stringify(text),
    `${text.slice(0, -1)}`,
    `[${text}, ${text}]`,
  );

/** Names that nobody, a flag, or an object of another file has. */
export const oddName = pick(
  'registry-mirror|insecure-registry|insecure_registries|Debug|debug | debug|DEBUG|label',
  'host|dns-opt|exec-opt|log-opt|storage-opt|add-runtime|default-address-pool|default-ulimit',
  'authorization-plugin|node-generic-resource|cdi-spec-dir|feature|config-file|version|help',
  'restart|containerd-plugin-namespace|http-proxy|https-proxy|no-proxy',
  'disable-legacy-registry|default-init|resolv-conf|swarm-raft-heartbeat-tick',
  'swarm-raft-election-tick|cgroup-driver|log_driver|logdriver|registry_mirrors|mirrors',
  'runtime|auths|credsStore|credHelpers|HttpHeaders|experimental-cli|_comment|//|$schema',
  'comment||-|default-network-opt|cluster-store-opt|validate|D|H|nri-opt|iptables |buildkit',
  'max-size|data_root|root|native.cgroupdriver|dns_search|dnssearch|ipv6tables',
  'proxies.http-proxy|ulimits|init-binary|userland_proxy|config|Hosts|bip\u200b|b\u0131p',
  'deſcription|tlsVerify|tls-verify|swarm|CommonConfig|ServiceOptions|NetworkConfig',
  'BridgeConfig|TLSOptions|LogConfig',
);

const at = (text, share) => Math.floor(text.length * share);
const insert = (piece) => (text, share) =>
  text.slice(0, at(text, share)) + piece + text.slice(at(text, share));
const around =
  (before, after = '') =>
  (text) =>
    before + text + after;

/** `(text, share 0…1) → text`. */
const TEXT_EDITS = [
  (text, share) => text.slice(0, at(text, share)),
  (text) => text.replace(/\}\s*$/, ',}'),
  (text) => text.replace(/\]/, ',]'),
  (text) => text.replace(/,/, ''),
  (text) => text.replace(/,/, ',,'),
  (text) => text.replace(/:/, ''),
  (text) => text.replace(/:/, '='),
  (text) => text.replace(/"/g, '“'),
  (text) => text.replace(/"/, '”'),
  (text) => text.replace(/"/g, "'"),
  (text) => text.replace(/"([\w-]+)":/, '$1:'),
  (text) => text.replace(/ /, '\u00a0'),
  (text) => text.replace(/\{/, '{\u00a0'),
  (text) => text.replace(/\{/, '{ // comment\n'),
  (text) => text.replace(/\{/, '{\n# comment\n'),
  (text) => text.replace(/\{/, '/* c */ {'),
  (text) => text.replace(/\}\s*$/, '}\n// end'),
  (text) => text.replace(/^\{/, ''),
  (text) => text.replace(/\}\s*$/, ''),
  (text) => text.replace(/\}\s*$/, ']'),
  (text) => text.replace(/\}\s*$/, '}}'),
  (text) => text.replace(/true/, 'True').replace(/false/, 'FALSE'),
  (text) => text.replace(/null/, 'None'),
  (text) => text.replace(/\{"/, '{"debug": true, "debug": false, "'),
  (text) => text.replace(/\{"/, '{"debug": "x", "debug": false, "'),
  (text) =>
    `${text.trimEnd().slice(0, -1)}, "log-opts": {"max-size": "1m"}, "log-opts": {"max-file": "2"}}`,
  (text) => text.replace(/"([a-z])/, (_, letter) => `"\\u00${letter.charCodeAt(0).toString(16)}`),
  (text) => text.replace(/"([a-z])/, (_, letter) => `"\\${letter}`),
  (text) => text.replace(/\n/g, '\r\n'),
  (text) => text.replace(/[\n ]/g, '\r'),
  (text) => text.replace(/": /g, '"\t:\t'),
  insert('\0'),
  insert('\u0001'),
  insert('\u00a0'),
  insert('\ufeff'),
  insert('\u200b'),
  insert('\n'),
  insert('\\'),
  insert('{{ x }}'),
  insert('é'),
  insert('\u2028'),
  insert('\f'),
  around('\ufeff'),
  around('\ufeff\ufeff'),
  around(' \n'),
  around('\u00a0', '\u3000'),
  around('\u200b'),
  around('', '\ufeff'),
  around('', '\0'),
  around('', '{}'),
  around('', '\n{"debug": true}'),
  around('', ' x'),
  around('', ','),
  around('', ';'),
  around('', '\nEOF'),
  around('cat > /etc/docker/daemon.json <<EOF\n', '\nEOF\n'),
  around('root@h:~# cat daemon.json\n'),
  around('$ '),
  around('<<<<<<< HEAD\n'),
  around('---\n'),
  around('export X='),
  around('[', ']'),
  around('"', '"'),
  around('', '\n\n\n'),
  around('', '\v'),
  around('\f'),
  around('', ' \u0085'),
];

const utf16 = (text) => Buffer.from(text, 'utf16le');

/** `text → bytes`. */
const ENCODINGS = [
  (text) => utf16(`\ufeff${text}`),
  (text) => utf16(`\ufeff${text}`).swap16(),
  (text) => utf16(text),
  (text) => utf16(text).swap16(),
  (text) => utf16(`\ufeff${text}`).subarray(0, -1),
  (text) => Buffer.from(text.replace(/"(?=[:,\]} ])/, '\u00e9"'), 'latin1'),
  (text) => Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff]), Buffer.from('}')]),
  (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xc3, 0x28])]),
  (text) =>
    Buffer.concat([
      Buffer.from(text.slice(0, 1)),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from(text.slice(1)),
    ]),
  (text) =>
    Buffer.from(
      text.replace(/"([^"]*)$/, (_, rest) => `\u0000\u0080"${rest}`),
      'latin1',
    ),
  (text) => Buffer.concat([Buffer.from([0xef, 0xbb]), Buffer.from(text)]),
  (text) => Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.from(text)]),
];

/** The bytes of a text: mostly as it is, else edited, else in another encoding. */
export function spoilt(text) {
  return oneof(
    { weight: 16, arbitrary: fc.constant(Buffer.from(text)) },
    {
      weight: 3,
      arbitrary: tuple(constantFrom(...TEXT_EDITS), fc.double({ min: 0, max: 1, noNaN: true })).map(
        ([edit, share]) => Buffer.from(edit(text, share)),
      ),
    },
    { weight: 1, arbitrary: constantFrom(...ENCODINGS).map((encode) => encode(text)) },
  );
}
