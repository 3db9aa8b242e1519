import { formatRegistry } from './address.js';

/** Where a registry sends its clients for a token. */
export interface TokenRealm {
  /** As written by the registry. */
  readonly realm: string;
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  /** `host` or `host:port`, to be shown. */
  readonly name: string;
}

/** The realm of `WWW-Authenticate: Bearer realm="…"` (distribution-spec, token authentication); null: there is none. */
export function tokenRealm(header: string | undefined): TokenRealm | null {
  const from = /\bBearer\s/i.exec(header ?? '')?.index ?? Infinity;
  const realm = /\brealm="([^"]*)"/i.exec((header ?? '').slice(from))?.[1];
  if (realm === undefined || !URL.canParse(realm)) return null;
  const { protocol, hostname, port } = new URL(realm);
  if ((protocol !== 'https:' && protocol !== 'http:') || hostname === '') return null;
  const host = hostname.replace(/[[\]]/g, '');
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const written = port === '' ? null : Number(port);
  return {
    realm,
    scheme,
    host,
    port: written ?? (scheme === 'https' ? 443 : 80),
    name: formatRegistry({ host, port: written }),
  };
}
