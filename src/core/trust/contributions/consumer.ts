import type { RegistryAddress } from '../../registry/address.js';
import type { ClientPair } from '../material/client-pair.js';
import type { FileChange } from '../../plan/plan.js';
import type { Contribution } from './contribution.js';
import type { KeyStoreName, Snapshot } from '../../plan/snapshot.js';

export type ConsumerName =
  'docker' | 'containerd' | 'podman' | 'buildkit' | 'k3s' | 'system' | KeyStoreName;

/** What makes a registry trusted. Nothing secret in it: the key's bytes travel in `Secrets`. */
export interface Material {
  /** Certificates of authorities, PEM, one after the other; null: the system's roots will do. */
  readonly ca: string | null;
  /** What a registry that asks for a client certificate is shown. */
  readonly client: ClientPair | null;
  /** Neither https nor a certificate is asked for. */
  readonly insecure: boolean;
  /** What switches verification off for the registry, or speaks http with it, is taken out, so that the CA counts. */
  readonly closes?: boolean;
}

/** Where things are on this machine, and what dockerd is told. */
export interface Machine {
  /** Normally /etc/docker/certs.d. */
  readonly certsDir: string;
  /** Names of the registries that dockerd uses as mirrors of Docker Hub. */
  readonly mirrors: readonly string[];
  /** Named by the operator with --to; null: those that are here. */
  readonly chosen: readonly ConsumerName[] | null;
  /** A declaration chose them: it asks for no more than any command made, so for `config_path` where Kubernetes uses it alone. */
  readonly declared?: true;
  /** Where what is replaced is kept; default: root's. */
  readonly records?: string;
}

export interface RegistryOnMachine {
  readonly registry: RegistryAddress;
  readonly machine: Machine;
}

export interface TrustRequest extends RegistryOnMachine {
  readonly material: Material;
}

/** A program on this host that pulls images, or a store that such programs read. */
export interface Consumer<Request extends RegistryOnMachine = TrustRequest> {
  readonly name: ConsumerName;
  /** What stands on this host when it is here and would pull by itself: any of these paths. Empty: only when named. */
  readonly signs: readonly string[];
  /** What it must see to decide. Asked again with what was found, until it asks for nothing new. */
  reads(subject: RegistryOnMachine, snapshot: Snapshot): readonly string[];
  add(request: Request, snapshot: Snapshot): Contribution;
  remove(subject: RegistryOnMachine, snapshot: Snapshot): Contribution;
  /** Files in which several registries stand. Only who has this list has what it replaces recorded. */
  readonly shared?: readonly string[];
  /** What must be run, and said, once these files are changed. */
  follow?(changes: readonly FileChange[]): Pick<Contribution, 'refresh' | 'notes'>;
}
