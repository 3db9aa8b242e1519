import type { ConsumerName } from './consumer.js';

/** What one consumer has for one registry. Contents of files are as they stand there: read by `certificatesForGo` or as PEM. */
export interface ConsumerTrust {
  readonly consumer: ConsumerName;
  /** As the consumer names it; in a store, the name that its certificate was given. */
  readonly registry: string;
  /** Authorities that may have signed the registry's certificate. */
  readonly ca: readonly Uint8Array[];
  /** Certificates of the client, which the registry is shown. */
  readonly client: readonly Uint8Array[];
  /** Authorities and clients of other servers, which are asked in the registry's place. */
  readonly elsewhere: readonly Uint8Array[];
  /** Nothing is verified, or http is spoken. */
  readonly insecure: boolean;
  /** The servers that are asked in its place, first to last, as a hosts.toml names them. */
  readonly asks: readonly string[];
}

export const NO_TRUST: Omit<ConsumerTrust, 'consumer' | 'registry'> = {
  ca: [],
  client: [],
  elsewhere: [],
  insecure: false,
  asks: [],
};
