import type { RegistryAddress } from '../../registry/address.js';

/** A step that did not succeed: Node's error code (ENOTFOUND, ECONNREFUSED, ETIMEDOUT, ERR_SSL_…) and words. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

/** A TLS handshake that reached the certificates; whether they are trusted is not said here. */
export interface Shown {
  /** As sent, DER, leaf first. */
  readonly chain: readonly Uint8Array[];
  readonly protocol: string;
  readonly address: string;
}

/** An HTTP answer: what the diagnosis looks at. Names of headers in lower case. */
export interface RegistryAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The beginning of the body. */
  readonly body: string;
}

/** Everything seen while doing what dockerd would do for one registry. A step that was not reached is null. */
export interface ProbeFacts {
  readonly registry: RegistryAddress;
  readonly port: number;
  readonly insecure: boolean;
  /** A client certificate was at hand to be shown. */
  readonly hasClient: boolean;
  readonly resolved: readonly string[] | Failure;
  readonly tls: Shown | Failure | null;
  /** GET /v2/ over TLS; for an insecure registry that speaks no TLS, over http. */
  readonly answer: RegistryAnswer | Failure | null;
  /** GET /v2/ over http on the same port, tried where TLS failed. */
  readonly plain: RegistryAnswer | Failure | null;
  /** Other ports of this host that accept a connection, tried where this one refused. */
  readonly otherPorts: readonly number[];
  /** The other https servers that its answer to GET /v2/ led to. */
  readonly redirects: readonly TokenFacts[];
  readonly token: TokenFacts | null;
  /** This machine's clock, milliseconds since 1970. */
  readonly now: number;
}

/** Another server that the registry sends clients to. */
export interface TokenFacts {
  readonly name: string;
  readonly host: string;
  readonly scheme: 'http' | 'https';
  readonly tls: Shown | Failure | null;
}

export function isFailure(fact: object): fact is Failure {
  return 'code' in fact && 'message' in fact;
}
