import { insecureEntries } from '../../core/registry/insecure-list.js';
import { addEntries, entriesOf } from '../../core/dockerd/options/entries.js';
import { planDaemonEdit } from '../../core/dockerd/config/edit.js';
import type { DeclaredStatement } from '../../core/declaration/record.js';
import { trusted } from '../../core/declaration/statements.js';
import type { Finding } from '../../core/plan/finding.js';
import type { Outcome } from '../../core/plan/outcome.js';
import type { Plan } from '../../core/plan/plan.js';
import { parseRegistry, type RegistryAddress } from '../../core/registry/address.js';
import { chooseConsumers } from '../../core/trust/consumers/consumers.js';
import { joinPlans } from '../../core/plan/join-plans.js';
import {
  putInsecureBefore,
  recordInsecure,
} from '../../core/trust/contributions/insecure-before.js';
import { planTrust } from '../../core/trust/consumers/plan-trust.js';
import type { ConsumerProof } from '../../core/trust/proof/weigh-consumer.js';
import { givenPath } from '../../system/files/given-path.js';
import { withConsent } from '../change/change.js';
import { applyChange } from '../change/apply-change.js';
import { orTakenBack } from '../change/or-taken-back.js';
import { newBuilderNotes } from './builder-notes.js';
import type { Context } from '../context/command.js';
import { INSECURE } from '../../core/dockerd/options/insecure.js';
import { withRecord } from '../declaration/record-change.js';
import { addHubTrust, isHubName } from './hub.js';
import { readMaterial, type MaterialOptions, type ReadyMaterial } from './material.js';
import { proveConsumers } from './prove-consumers.js';
import { lookAt, readConsumers, type Scene, usualConsumers } from './observe-registry.js';
import { askToClose, dropInsecureEntry, planDrop } from './verification-off.js';
import { checkStores, unreadByDockerd } from './store-check.js';
import { withRealm } from './token-realm.js';

/** What became of it, and whether the registry works now. */
export interface Added extends Outcome {
  readonly registry: string;
  /** Whether each consumer itself was seen to reach it; null where nobody was asked. */
  readonly proved: boolean | null;
  readonly proofs: readonly ConsumerProof[];
  readonly findings: readonly Finding[];
  /** --require-proof, and there is none. */
  readonly lacksProof: boolean;
}

export interface AddOptions extends Omit<MaterialOptions, 'chosen' | 'again'> {
  readonly to: readonly string[];
  readonly verify: boolean;
  readonly 'require-proof': boolean;
}

/** Makes a registry trusted by every consumer that is chosen, in one transaction, and has each of them ask it. */
export async function addRegistry(
  context: Context,
  typed: string,
  options: AddOptions,
): Promise<Added> {
  if (isHubName(typed))
    return {
      ...(await addHubTrust(context, typed, options)),
      ...{ proved: null, proofs: [], findings: [], lacksProof: options['require-proof'] },
    };
  const registry = parseRegistry(typed);
  const named = readConsumers(options.to) ?? usualConsumers(context.host);
  const given = await readMaterial(context, registry, { ...options, chosen: named });
  const ca = given.material.ca ?? '';
  const first = await lookAt(context, registry, { chosen: named, ca });
  const realm = await withRealm(context, registry, {
    ...{ material: given.material, chosen: named },
    served: chooseConsumers(first.machine, first.snapshot).map(({ name }) => name),
  });
  const { chosen } = realm;
  const scene = chosen === named ? first : await lookAt(context, registry, { chosen, ca });
  const closing = await askToClose(context, registry, { material: given.material, scene });
  const material = { ...given.material, ...(closing.files && { closes: true }) };
  const ready = { ...given, material, notes: [...given.notes, ...realm.notes] };
  const entryGoes = closing.entry;
  const plan = await planAddition(context, { registry, ready, scene, entryGoes });
  const secrets = new Map([...scene.secrets, ...ready.secrets]);
  const said = statementOf(context, { registry, ready, scene }, options);
  const { verify } = options;
  const drop = closing.entry ? await planDrop(context, registry, { scene, verify }) : null;
  const outcome = await applyChange(context, await withRecord(context, plan, [said]), {
    secrets,
  });
  if (outcome.status === 'applied') await checkStores(context, registry, { chosen, ca });
  const dropped = await orTakenBack(context, { outcome, secrets }, async () =>
    drop === null ? null : await dropInsecureEntry(context, registry, { drop, scene }),
  );
  const asks = verify && !context.options.dryRun && context.host.self.root === null;
  const consumers = chooseConsumers(scene.machine, scene.snapshot).map(({ name }) => name);
  const { proofs, findings } = asks
    ? await proveConsumers(context, registry, consumers)
    : { proofs: [], findings: [] };
  const proved = asks ? proofs.every((proof) => proof.proved) : null;
  const lacksProof = options['require-proof'] && proved !== true && !context.options.dryRun;
  const answer = { registry: registry.name, proved, proofs, lacksProof };
  const unread = chosen?.includes('system') === true ? await unreadByDockerd(context, ca) : [];
  const notes = [...outcome.plan.notes, ...unread, ...(dropped === null ? [] : [dropped.note])];
  const activated = dropped?.activated ?? outcome.activated;
  const told = { ...outcome, activated, plan: { ...outcome.plan, notes } };
  return { ...told, ...answer, findings };
}

interface Typed {
  readonly 'client-cert': string | undefined;
  readonly 'client-key': string | undefined;
  readonly verify: boolean;
}

interface Addition {
  readonly registry: RegistryAddress;
  readonly ready: ReadyMaterial;
  readonly scene: Scene;
  /** It is taken out of insecure-registries afterwards. */
  readonly entryGoes?: boolean;
}

function statementOf(
  { host }: Context,
  { registry, ready: { material }, scene }: Addition,
  { 'client-cert': cert, 'client-key': key, verify }: Typed,
): DeclaredStatement {
  const pair = cert !== undefined && key !== undefined;
  return trusted(registry.name, {
    ca: material.ca,
    client: pair ? { cert: givenPath(host, cert), key: givenPath(host, key) } : null,
    insecure: material.insecure,
    verify,
    to: chooseConsumers(scene.machine, scene.snapshot).map(({ name }) => name),
  });
}

async function planAddition(
  context: Context,
  { registry, ready, scene, entryGoes = false }: Addition,
): Promise<Plan> {
  const { machine, snapshot, observed, document } = scene;
  const { material } = ready;
  const title = `trust add-registry ${registry.name}`;
  const trust = planTrust(title, { registry, material, machine }, snapshot);
  const subject = { registry, machine };
  const inFile = entriesOf(document, INSECURE).some((one) => INSECURE.same(one) === registry.name);
  const known = inFile ? recordInsecure(subject, snapshot, trust.changes) : [];
  const files = { ...trust, changes: [...trust.changes, ...known] };
  const listed = insecureEntries(document, observed).includes(registry.name);
  const notes = [
    ...registry.notes,
    ...ready.notes,
    ...(listed && !material.insecure && !entryGoes ? [stillInsecure(registry.name)] : []),
    ...newBuilderNotes(context.host, observed, files),
  ];
  const plan = { ...files, notes: [...notes, ...files.notes] };
  const forDocker = chooseConsumers(machine, snapshot).some(({ name }) => name === 'docker');
  if (!material.insecure || !forDocker) return plan;
  const edit = await withConsent(context, observed, (options) =>
    planDaemonEdit(
      observed,
      { title, edit: (before) => addEntries(before, INSECURE, [registry.name]) },
      options,
    ),
  );
  const ours = inFile ? [] : putInsecureBefore(subject, snapshot, { ours: true });
  return joinPlans({ ...plan, changes: [...plan.changes, ...ours] }, edit);
}

function stillInsecure(name: string): string {
  return `${name} stands in insecure-registries: dockerd looks at none of these certificates until dockerctl insecure remove ${name}`;
}
