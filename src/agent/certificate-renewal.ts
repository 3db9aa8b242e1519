import type { Declaration } from '../core/declaration/schema.js';
import type { TrustSituation } from '../core/declaration/desired-trust.js';
import type { MachineState } from '../core/declaration/desired.js';
import type { RegistryAddress } from '../core/registry/address.js';
import type { AgentReport } from '../core/agent/report.js';
import { type Expiring, expiryWarnings, type Warned } from '../core/agent/certificate-renewal.js';
import type { Finding } from '../core/plan/finding.js';
import { statePaths } from '../core/transaction/state-paths.js';
import { messageOf } from '../errors.js';
import type { Context } from '../app/context/command.js';
import { declaredEnds, presentedEnds } from '../system/machine/expiries.js';

const HOUR_MS = 3_600_000;
const RETRY_MS = 300_000;
/** So many registries are asked at once, and so long is waited before the next of them. */
const ASKED = 50;
const PAUSE_MS = 15_000;

/**
 * Looks after certificates once an hour: ours, the declared CAs, and what registries present. Answers what is to be told.
 * Without `mayRepair` it only warns.
 */
export function createUpkeep(
  context: Context,
): (situation: MachineState, mayRepair: boolean) => Promise<AgentReport[]> {
  const { host } = context;
  let [next, nextRound] = [0, 0];
  let warned: Warned = new Map();
  let failed = '';
  let told = new Set<string>();
  let kept: readonly Expiring[] = [];
  const shown = new Map<string, readonly Expiring[]>();
  const unasked: RegistryAddress[] = [];

  /** Warnings by what is known now, and by what the next few registries present. */
  const warn = async (trust: TrustSituation): Promise<readonly AgentReport[]> => {
    const some = unasked.splice(0, ASKED);
    const ends = await Promise.all(some.map((address) => presentedEnds(host, address)));
    some.forEach(({ name }, index) => shown.set(name, ends[index] ?? []));
    const known = [...kept, ...declaredEnds(trust), ...[...shown.values()].flat()];
    const expiring = expiryWarnings(known, warned, host.clock.now());
    ({ warned } = expiring);
    next = unasked.length > 0 ? host.clock.monotonic() + PAUSE_MS : nextRound;
    return expiring.reports;
  };

  const askAll = ({ registries }: TrustSituation): void => {
    const all = registries.filter(({ declared }) => declared.insecure !== true);
    const names = new Set(all.map(({ address }) => address.name));
    for (const name of shown.keys()) if (!names.has(name)) shown.delete(name);
    unasked.push(...all.map(({ address }) => address));
  };

  return async ({ daemon: { declaration }, trust }, mayRepair) => {
    const now = host.clock.monotonic();
    if (now < next) return [];
    if (unasked.length > 0) return [...(await warn(trust))];
    const [byte = 0] = host.random.bytes(1);
    nextRound = now + HOUR_MS * (0.9 + (0.2 * byte) / 256);
    next = nextRound;
    try {
      const { done, held } = await keepOurs(context, declaration, mayRepair);
      kept = held;
      askAll(trust);
      const expiring = await warn(trust);
      const presented = (await presentedWrongly(host)).map(
        ({ subject, message }) => `${subject}: ${message}`,
      );
      const news = presented.filter((reason) => !told.has(reason));
      told = new Set(presented);
      failed = '';
      return [
        ...done,
        ...expiring,
        ...news.map((reason): AgentReport => ({ name: 'cert-presented', drift: null, reason })),
      ];
    } catch (error) {
      const reason = `certificates: ${messageOf(error)}`;
      next = now + RETRY_MS;
      const known = reason === failed;
      failed = reason;
      return known ? [] : [{ name: 'apply-failed', drift: null, reason }];
    }
  };
}

/** Our PKI is loaded where there is an authority whose certificates were deployed, and not before. */
async function presentedWrongly(host: Context['host']): Promise<readonly Finding[]> {
  const folder = `${statePaths(host.self).stateFolder}/pki`;
  if (host.fs.stat(`${folder}/places.json`) === null) return [];
  const { checkServed } = await import('../system/authority/deploy/served-check.js');
  return checkServed(host, folder);
}

interface KeptCertificates {
  readonly done: readonly AgentReport[];
  readonly held: readonly Expiring[];
}

/** Issuing needs the whole of our PKI: it is loaded once a certificate is declared, and not before. */
async function keepOurs(
  context: Context,
  declaration: Declaration,
  mayRepair: boolean,
): Promise<KeptCertificates> {
  const { host } = context;
  const { certificates, drift } = declaration;
  if (Object.keys(certificates).length === 0) return { done: [], held: [] };
  const { keepCertificates, readHeldCertificates } =
    await import('../app/certificates/keep-certificates.js');
  const before = readHeldCertificates(host);
  const inForce = before.filter(({ isRevoked }) => !isRevoked);
  const repairs = mayRepair && (drift.certificates ?? drift.default) === 'repair';
  if (!repairs) return { done: [], held: inForce };
  const steps = await keepCertificates(context, declaration, before);
  const done = steps.map((reason): AgentReport => ({
    name: 'apply-committed',
    drift: null,
    reason,
  }));
  return { done, held: done.length === 0 ? inForce : readHeldCertificates(host) };
}
