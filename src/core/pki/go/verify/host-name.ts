import { addressOf, addressText, isSameAddress } from '../names/address.js';
import { lowerCase } from '../names/lower-case.js';
import { printable } from '../../../text/printable.js';
import type { GoCertificate } from '../parse/certificate.js';
import type { GoRules } from '../rules/generation.js';
import type { RefusalReason } from '../rules/refusal.js';

/** Why the certificate is not for `host`; null: it is (verify.go VerifyHostname). The common name never counts. */
export function hostProblem(
  leaf: GoCertificate,
  host: string,
  rules: GoRules,
): RefusalReason | null {
  if (isFor(leaf, host, rules)) return null;
  const { alternativeNames: names, subject } = leaf;
  if (names === null)
    return [
      'only-common-name',
      `${subject.text} has no subject alternative names at all, and the common name does not count`,
    ];
  if (addressIn(host, rules) !== null && names.dns.includes(host))
    return [
      'address-as-domain',
      `${host} stands among its DNS names, where no address is looked for`,
    ];
  return ['name-mismatch', `it is for ${namesText(leaf)} and not for ${host}`];
}

export function isFor(
  { alternativeNames: names }: GoCertificate,
  host: string,
  rules: GoRules,
): boolean {
  const address = addressIn(host, rules);
  if (address !== null) return names?.ip.some((one) => isSameAddress(one, address)) ?? false;
  return names?.dns.some((pattern) => matches(pattern, lowerCase(host), rules)) ?? false;
}

/** `DNS:registry.example.com, IP Address:192.0.2.1`. */
export function namesText({ alternativeNames: names }: GoCertificate): string {
  const all = [
    ...(names?.dns ?? []).map((name) => `DNS:${name}`),
    ...(names?.ip ?? []).map((address) => `IP Address:${addressText(address)}`),
    ...(names?.email ?? []).map((name) => `email:${name}`),
    ...(names?.uri ?? []).map(({ text }) => `URI:${text}`),
  ];
  return all.length === 0 ? 'no name at all' : printable(all.join(', '));
}

function addressIn(host: string, { zonesInHosts }: GoRules): Buffer | null {
  const bare = /^\[.+\]$/s.test(host) ? host.slice(1, -1) : host;
  return addressOf(bare, zonesInHosts ? 'may have a zone' : 'no zone');
}

function matches(pattern: string, host: string, rules: GoRules): boolean {
  if (!isHostName(host, false, rules) || !isHostName(pattern, true, rules))
    return !['', '.'].includes(pattern) && host !== '.' && lowerCase(pattern) === host;
  const wanted = lowerCase(pattern).split('.');
  const labels = host.replace(/\.$/, '').split('.');
  return (
    wanted.length === labels.length &&
    wanted.every((label, at) => (at === 0 && label === '*') || label === labels[at])
  );
}

const LABEL = /^[A-Za-z0-9_][A-Za-z0-9_-]*$/;

/** verify.go validHostname: an underscore is fine, and `*` as the whole first label of a pattern. */
function isHostName(name: string, isPattern: boolean, { starAlone }: GoRules): boolean {
  const host = isPattern ? name : name.replace(/\.$/, '');
  if (host === '*' && !starAlone) return false;
  return host
    .split('.')
    .every((label, at) => (isPattern && at === 0 && label === '*') || LABEL.test(label));
}
