import type { GoCertificate } from '../parse/certificate.js';
import type { RefusalReason } from '../rules/refusal.js';

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const ANY_USAGE = '2.5.29.37.0';

/**
 * Why a chain is not for servers; null: it is (verify.go checkChainForKeyUsage). Each certificate that has a list, the
 * root included, must hold serverAuth in it.
 */
export function usageProblem(chain: readonly GoCertificate[]): RefusalReason | null {
  const other = chain.find(({ extendedKeyUsage }) => !isForServers(extendedKeyUsage));
  if (other === undefined) return null;
  const { subject } = other;
  return other === chain[0]
    ? [
        'not-for-servers',
        `${subject.text} is not for servers (its extended key usage lacks serverAuth)`,
      ]
    : [
        'authority-not-for-servers',
        `${subject.text} is an authority for other uses than servers (its extended key usage lacks serverAuth)`,
      ];
}

const isForServers = (usages: readonly string[]): boolean =>
  usages.length === 0 || usages.includes(SERVER_AUTH) || usages.includes(ANY_USAGE);
