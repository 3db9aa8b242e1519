import type { RegistryAddress } from '../registry/address.js';
import type { ClientPair } from './client-pair.js';
import type { Share } from './share.js';
import type { Tree } from './tree.js';

/** What makes a registry trusted. Nothing secret in it: the key's bytes travel in `Secrets`. */
export interface Material {
  /** Certificates of authorities, PEM, one after the other; null: the system's roots will do. */
  readonly ca: string | null;
  /** What a registry that asks for a client certificate is shown. */
  readonly client: ClientPair | null;
  /** Neither https nor a certificate is asked for. */
  readonly insecure: boolean;
}

/** Where things are on this machine. */
export interface Machine {
  /** Normally /etc/docker/certs.d. */
  readonly certsDir: string;
}

export interface TrustRequest {
  readonly registry: RegistryAddress;
  readonly material: Material;
  readonly machine: Machine;
}

/** A program on this host that pulls images, or a store that such programs read. */
export interface Consumer {
  readonly name: string;
  /** What it must see to decide. Asked again with what was found, until it asks for nothing new. */
  reads(request: Omit<TrustRequest, 'material'>, tree: Tree): readonly string[];
  /** Whether it is on this host and would pull. */
  isPresent(machine: Machine, tree: Tree): boolean;
  add(request: TrustRequest, tree: Tree): Share;
  remove(request: Omit<TrustRequest, 'material'>, tree: Tree): Share;
}
