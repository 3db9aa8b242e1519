import type { Finding } from '../../plan/finding.js';
import { shellWord } from '../../text/shell-word.js';
import type { CertificateEntry } from './entry.js';
import type { DeployTarget } from './deploy-targets.js';
import { utcDay } from '../../text/utc-time.js';

/** Certificates of our store, by SHA-256 of the certificate, lower-case hex. */
export type IssuedByUs = ReadonlyMap<string, CertificateEntry>;

export const issuedByUs = (entries: readonly CertificateEntry[]): IssuedByUs =>
  new Map(entries.map((entry) => [entry.fingerprint, entry]));

/** A server that was asked for its certificate. */
export interface Presented {
  /** `registry.example.com:5000` */
  readonly server: string;
  /** SHA-256 of what it presents, lower-case hex. */
  readonly fingerprint: string;
}

/**
 * What is wrong with a server that presents a certificate of ours which is no longer to be used: one that was revoked, whose key
 * somebody else may have, or one that was replaced in the store. None for certificates in force, and for those of others.
 */
export function judgePresented({ server, fingerprint }: Presented, issued: IssuedByUs): Finding[] {
  const entry = issued.get(fingerprint);
  if (entry === undefined) return [];
  const { name, serial, revoked, place, notBefore } = entry;
  const which = `${name} (serial ${serial.slice(0, 12)}…)`;
  const hint = `\`dockerctl certs renew --due\`, which puts the one in force wherever it was deployed; restart the server where it does not take it over: \`dockerctl certs inspect ${shellWord(server)}\``;
  if (revoked !== undefined)
    return [
      {
        ...{ code: 'certificate-revoked-served', severity: 'error', subject: server, hint },
        message: `it presents ${which}, which was revoked on ${utcDay(revoked.at)}: whoever has its key can pose as it, and dockerd does not look at revocation lists.`,
      },
    ];
  if (place === 'current') return [];
  return [
    {
      ...{ code: 'certificate-older-served', severity: 'warning', subject: server, hint },
      message: `it presents ${which} of ${utcDay(notBefore)}, and a newer one took its place in the store.`,
    },
  ];
}

/** Where a certificate was deployed, and the server there presents one that is not ours at all. */
export function foreignPresented(
  { server }: Presented,
  { name, target }: { readonly name: string; readonly target: DeployTarget },
): Finding {
  return {
    ...{ code: 'certificate-not-served', severity: 'warning', subject: server },
    message: `${name} was put into ${target.path}, and the server there presents another certificate, of somebody else.`,
    hint: `restart it; or, if it shall no longer have this one: \`dockerctl certs targets remove ${shellWord(name)} ${shellWord(target.path)}\``,
  };
}
