import { configOf } from '../../core/dockerd/config/edit.js';
import { imageStore, tokensBySystemStore } from '../../core/dockerd/observed/image-store.js';
import type { RegistryAddress } from '../../core/registry/address.js';
import type { ConsumerName, Material } from '../../core/trust/contributions/consumer.js';
import { judgeChain } from '../../core/trust/diagnosis/judge-chain.js';
import { isFailure, type ProbeFacts, type Shown } from '../../core/trust/diagnosis/facts.js';
import { joinRoots, readRoots } from '../../core/trust/diagnosis/roots.js';
import { agrees } from '../change/agreement.js';
import { probe } from '../../system/trust/probe.js';
import { readDaemonJson } from '../change/daemon-json.js';
import type { Context } from '../context/command.js';
import { readDaemonTrust } from './prove.js';

const MOST_MS = 10_000;

interface RealmRequest {
  readonly material: Material;
  /** Those named by --to; null: nobody was. */
  readonly chosen: readonly ConsumerName[] | null;
  /** Those that would be served. */
  readonly served: readonly ConsumerName[];
}

/**
 * dockerd with images in containerd fetches tokens by the system's certificates alone (until 29.5): a registry whose token
 * server is of a private CA needs that CA in the system's store, and a restart. A person is asked; the consumers then, in
 * one transaction. Without an answer everything stays as it was asked for, and `note` says what it will lack.
 */
export async function withRealm(
  context: Context,
  registry: RegistryAddress,
  request: RealmRequest,
): Promise<{ readonly chosen: RealmRequest['chosen']; readonly notes: readonly string[] }> {
  const { chosen, served, material } = request;
  const realm = await realmOf(context, registry, request);
  if (realm === null) return { chosen, notes: [] };
  const again = `dockerctl trust add-registry ${registry.name} --ca FILE --to docker,system`;
  const why = `${registry.name} sends its clients to ${realm.name} for a token, and dockerd, with its images in containerd, trusts the system's certificates alone there`;
  if (!realm.isTrusted)
    return {
      chosen,
      notes: [`${why}: with the CA of ${realm.name} in FILE, too: ${again}`],
    };
  const question = `${why}.\nPut ${material.ca === null ? 'it' : 'the CA'} into the system's store as well, which every program trusts, and restart dockerd (containers are kept)?`;
  if (
    context.options.dryRun ||
    !(await agrees(() => context.terminal.confirm(question, '--to docker,system')))
  )
    return { chosen, notes: [`${why}: until then no pull works. ${again}`] };
  return { chosen: [...new Set([...(chosen ?? served), 'system' as const])], notes: [] };
}

/** null where tokens are no matter: no such store, no token server, or one that the system trusts. */
async function realmOf(
  context: Context,
  registry: RegistryAddress,
  { material, served }: RealmRequest,
): Promise<{ readonly name: string; readonly isTrusted: boolean } | null> {
  const { host, options } = context;
  const { document, observed } = await readDaemonJson(context);
  const store = imageStore(observed, configOf(document));
  const concerned = served.includes('docker') && !served.includes('system');
  if (!concerned || host.self.root !== null || !tokensBySystemStore(store, observed.version))
    return null;
  const facts = await probe(host, {
    ...{ registry, client: null, isInsecure: () => material.insecure },
    timeoutMs: Math.min(options.timeoutMs, MOST_MS),
  });
  const { token } = facts;
  const shown = shownBy(facts);
  if (token === null || shown === null) return null;
  const { systemRoots: system, engines } = await readDaemonTrust(context);
  const question = { chain: shown.chain, host: token.host, now: facts.now };
  const fine = (roots: typeof system) =>
    judgeChain(question, { roots, installed: [], engines }).length === 0;
  if (fine(system)) return null;
  const isTrusted = material.ca !== null && fine(joinRoots(readRoots([material.ca]), system));
  return { name: token.name, isTrusted };
}

/** What the token server showed; the registry itself, where it gives the tokens. */
function shownBy({ token, tls }: ProbeFacts): Shown | null {
  if (token === null || token.scheme === 'http') return null;
  const facts = token.tls ?? tls;
  return facts === null || isFailure(facts) ? null : facts;
}
