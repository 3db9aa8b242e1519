import { sha256 } from '../plan/content.js';
import { DEFAULT_CONSUMERS } from './consumers.js';
import type { DeclaredRegistry } from './schema.js';
import type { Drift, Scope } from './drift.js';
import { isRecord, type FileChange, type Plan, type Secrets } from '../plan/plan.js';
import type { RegistryAddress } from '../registry/address.js';
import type { ConsumerName, Machine, Material } from '../trust/contributions/consumer.js';
import { chooseConsumers, CONSUMERS } from '../trust/consumers/consumers.js';
import { planContributions } from '../trust/consumers/plan-trust.js';
import { applyTo, type Contribution } from '../trust/contributions/contribution.js';
import { addToStore, readsStore } from '../trust/consumers/system/system.js';
import type { Snapshot } from '../plan/snapshot.js';
import { attempt, type DockerctlError, isDockerctlError, ready } from '../../errors.js';

/** A declared registry, and what makes it trusted; an error where that cannot be had. */
export interface WantedRegistry {
  readonly address: RegistryAddress;
  readonly declared: DeclaredRegistry;
  readonly material: Material | DockerctlError;
}

/** A declared CA of the system's store: PEM, or why there is none. */
export interface WantedAuthority {
  readonly name: string;
  readonly pem: string | DockerctlError;
}

/** What is known about whom this machine trusts. */
export interface TrustSituation {
  readonly machine: Pick<Machine, 'certsDir' | 'mirrors' | 'records'>;
  readonly registries: readonly WantedRegistry[];
  readonly authorities: readonly WantedAuthority[];
  readonly snapshot: Snapshot;
  readonly secrets: Secrets;
}

/** One thing that a declaration asks for, and the changes it still needs. */
interface DeclaredPart {
  readonly id: string;
  readonly scope: Scope;
  readonly subject: string;
  /** Throws where it cannot be had. */
  contribution(snapshot: Snapshot): Contribution;
}

/** What must be seen to decide; asked again with what was found. */
export function readsTrust(
  { machine, registries, authorities }: Omit<TrustSituation, 'snapshot' | 'secrets'>,
  snapshot: Snapshot,
): readonly string[] {
  return [
    ...registries.flatMap(({ address: registry, declared }) => {
      const whole = declaredMachine(machine, declared);
      const consumers = chooseConsumers(whole, snapshot);
      return consumers.flatMap((one) => one.reads({ registry, machine: whole }, snapshot));
    }),
    ...(authorities.length === 0 ? [] : readsStore(null, snapshot)),
  ];
}

/** So many registries take no longer than somebody else can wait. */
const SLICE = 25;

/** A few of them at a time; all of them, the very list, where they are few. */
export function* slicesOf<One>(all: readonly One[]): Generator<readonly One[]> {
  if (all.length <= SLICE) yield all;
  else for (let at = 0; at < all.length; at += SLICE) yield all.slice(at, at + SLICE);
}

export function trustDrifts(situation: TrustSituation): Drift[] {
  return partsOf(situation).flatMap((part) => {
    const drift = driftOf(part, situation.snapshot);
    return drift === null ? [] : [drift];
  });
}

/** Several parts may contribute to one file: each is decided on what the ones before it leave. Throws what is wrong with a part that is chosen. */
export function planTrusted(
  situation: TrustSituation,
  title: string,
  chosen: ReadonlySet<string> | null,
): Plan {
  const snapshot = new Map(situation.snapshot);
  const contributions = partsOf(situation)
    .filter(({ id }) => chosen === null || chosen.has(id))
    .map((part) => {
      const contribution = part.contribution(snapshot);
      applyTo(snapshot, contribution.changes);
      return contribution;
    });
  return planContributions(title, contributions);
}

function partsOf(situation: TrustSituation): DeclaredPart[] {
  const { registries, authorities } = situation;
  return [
    ...registries.flatMap((wanted) => registryParts(wanted, situation)),
    ...authorities.map(({ name, pem }): DeclaredPart => ({
      id: `cas:${name}`,
      scope: 'cas',
      subject: name,
      contribution: (snapshot) => addToStore(snapshot, { name, ca: ready(pem) }),
    })),
  ];
}

function registryParts(
  { address: registry, declared, material }: WantedRegistry,
  { machine, snapshot }: TrustSituation,
): DeclaredPart[] {
  const whole = declaredMachine(machine, declared);
  return chooseConsumers(whole, snapshot).map((consumer) => ({
    id: `registries:${registry.name}:${consumer.name}`,
    scope: 'registries',
    subject: registry.name,
    contribution: (now) =>
      consumer.add({ registry, machine: whole, material: ready(material) }, now),
  }));
}

function driftOf(part: DeclaredPart, snapshot: Snapshot): Drift | null {
  const { id, scope, subject } = part;
  const contribution = attempt(() => part.contribution(snapshot));
  const common = { id, scope, doubtful: false } as const;
  if (isDockerctlError(contribution)) {
    const { message, hint } = contribution;
    const finding = {
      code: 'drift-impossible',
      severity: 'error',
      subject,
      message,
      hint,
    } as const;
    const digest = sha256(message);
    return {
      ...common,
      action: 'none',
      wanted: digest,
      observed: digest,
      beyondRepair: true,
      finding,
    };
  }
  const [first] = contribution.changes;
  if (first === undefined && contribution.refresh.length === 0) return null;
  return {
    ...common,
    action: contribution.activation.action,
    wanted: sha256(JSON.stringify(contribution.changes.map(({ path, after }) => [path, after]))),
    observed: sha256(
      JSON.stringify(contribution.changes.map(({ path, before }) => [path, before])),
    ),
    beyondRepair: false,
    finding: {
      code: 'drift-trust',
      severity: 'warning',
      subject,
      ...(first !== undefined && { path: first.path }),
      message: `${subject} is not trusted as declared: ${contribution.changes
        .filter((change) => !isRecord(change))
        .map(changeText)
        .join(', ')}`,
      hint: 'dockerctl drift --repair',
    },
  };
}

function changeText({ path, before, after }: FileChange): string {
  if (before === null) return `${path} is missing`;
  return after === null ? `${path} should not be there` : `${path} is another`;
}

/** The machine as a declared registry has it: for the consumers that it names. */
function declaredMachine(machine: TrustSituation['machine'], declared: DeclaredRegistry): Machine {
  return { ...machine, chosen: chosenBy(declared), declared: true };
}

function chosenBy({ to }: DeclaredRegistry): readonly ConsumerName[] {
  const names: readonly string[] = to ?? DEFAULT_CONSUMERS;
  return CONSUMERS.map(({ name }) => name).filter((name) => names.includes(name));
}
