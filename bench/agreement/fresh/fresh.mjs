import fc from 'fast-check';
import { oddName, oddValue, spoilt, wrapped } from './spoil.mjs';
import { logging } from './values-of-objects.mjs';
import { ofShape, VALUES } from './values.mjs';

/**
 * Configurations that nobody has seen before: `{ name, bytes }`, the same for the same seed. Keys of the table with values
 * on both sides of every rule, alone and two or three together, some spoilt in type, name or text.
 */
export function freshCases({ keys, seed, count }) {
  const cases = fc.sample(configuration(keys), { seed, numRuns: count });
  const width = String(count).length;
  return cases.map((bytes, index) => ({
    name: `fresh-${seed}-${String(index).padStart(width, '0')}`,
    bytes: Buffer.from(bytes),
  }));
}

function configuration(keys) {
  const member = fc.oneof(
    { weight: 24, arbitrary: knownMember(keys) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...keys.map(({ name }) => name)), oddValue) },
    {
      weight: 1,
      arbitrary: knownMember(keys).chain(([name, text]) =>
        fc.tuple(fc.constant(name), wrapped(text)),
      ),
    },
    { weight: 1, arbitrary: fc.tuple(oddName, oddValue) },
    { weight: 1, arbitrary: hiddenMember(keys) },
    {
      weight: 1,
      arbitrary: knownMember(keys).chain(([, text]) => fc.tuple(oddName, fc.constant(text))),
    },
  );
  const members = fc.oneof(
    { weight: 6, arbitrary: fc.array(member, { minLength: 1, maxLength: 1 }) },
    { weight: 3, arbitrary: fc.array(member, { minLength: 2, maxLength: 3 }) },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(...FAMILIES)
        .chain((family) =>
          fc.tuple(...family.map((name) => valueOf(keys, name).map((text) => [name, text]))),
        ),
    },
    {
      weight: 1,
      arbitrary: logging.map((both) =>
        Object.entries(both).map(([name, value]) => [name, JSON.stringify(value)]),
      ),
    },
  );
  return fc
    .tuple(members, fc.constantFrom('{"k": v}', 'lines', 'tight'))
    .chain(([found, layout]) => spoilt(print(found, layout)));
}

/** Keys that decide about each other. */
const FAMILIES = [
  ['bip', 'fixed-cidr'],
  ['bip', 'default-gateway'],
  ['bip', 'bridge'],
  ['bip', 'default-address-pools'],
  ['fixed-cidr', 'default-gateway'],
  ['ipv6', 'fixed-cidr-v6'],
  ['ipv6', 'fixed-cidr-v6', 'default-gateway-v6'],
  ['ipv6', 'bip6'],
  ['ipv6', 'ip6tables', 'experimental'],
  ['icc', 'iptables'],
  ['icc', 'iptables', 'ip6tables'],
  ['runtimes', 'default-runtime'],
  ['storage-driver', 'storage-opts'],
  ['exec-opts', 'cgroup-parent'],
  ['tls', 'tlsverify'],
  ['tls', 'tlscert', 'tlskey'],
  ['tlsverify', 'tlscacert'],
  ['hosts', 'tls'],
  ['userland-proxy', 'userland-proxy-path'],
  ['host-gateway-ip', 'host-gateway-ips'],
  ['data-root', 'storage-driver'],
  ['data-root', 'storage-opts'],
  ['features', 'storage-driver'],
  ['features', 'userns-remap'],
  ['userns-remap', 'data-root'],
  ['insecure-registries', 'registry-mirrors'],
  ['containerd-namespace', 'containerd-plugins-namespace'],
  ['graph', 'data-root'],
  ['cluster-store', 'cluster-advertise'],
  ['iptables', 'ip-masq', 'userland-proxy'],
  ['log-driver', 'log-opts'],
  ['default-address-pools', 'fixed-cidr'],
  ['default-address-pools', 'default-gateway'],
  ['live-restore', 'cluster-advertise'],
  ['debug', 'log-level'],
  ['hosts', 'group'],
];

/** A known key inside an object that dockerd does not know, or in other letters. */
function hiddenMember(keys) {
  return fc.oneof(
    fc.tuple(
      oddName,
      knownMember(keys).map(([name, text]) => `{${JSON.stringify(name)}: ${text}}`),
    ),
    fc.tuple(
      fc
        .constantFrom(...keys)
        .map(({ name }) => name.replace(/^./, (first) => first.toUpperCase())),
      fc.constantFrom('{}', '{"debug": true}', 'true', '""', 'null'),
    ),
  );
}

function knownMember(keys) {
  return fc
    .constantFrom(...keys)
    .chain(({ name }) => fc.tuple(fc.constant(name), valueOf(keys, name)));
}

/** JSON text. */
function valueOf(keys, name) {
  const { shape } = keys.find((key) => key.name === name);
  return (VALUES[name] ?? ofShape(shape)).map((value) => JSON.stringify(value));
}

function print(members, layout) {
  const [colon, open, comma, close] = {
    lines: [': ', '{\n  ', ',\n  ', '\n}\n'],
    tight: [':', '{', ',', '}'],
  }[layout] ?? [': ', '{', ', ', '}'];
  return (
    open + members.map(([name, text]) => JSON.stringify(name) + colon + text).join(comma) + close
  );
}
