import { planDaemonEdit } from '../../core/dockerd/config/edit.js';
import { notInsecure, trusted } from '../../core/declaration/statements.js';
import { removeEntries } from '../../core/dockerd/options/entries.js';
import { flagEntries } from '../../core/dockerd/observed/flag-entries.js';
import { INSECURE, insecureEntry } from '../../core/dockerd/options/insecure.js';
import type { Finding } from '../../core/plan/finding.js';
import { invert } from '../../core/plan/plan.js';
import { parseRegistry, type RegistryAddress } from '../../core/registry/address.js';
import { insecureEntries, isLoopbackBlock } from '../../core/registry/insecure-list.js';
import { chooseConsumers } from '../../core/trust/consumers/consumers.js';
import { joinPlans } from '../../core/plan/join-plans.js';
import { planTrust } from '../../core/trust/consumers/plan-trust.js';
import { isDockerctlError } from '../../errors.js';
import { verifyRegistries } from '../../system/trust/registry-trust.js';
import { withConsent } from '../change/change.js';
import { applyChange } from '../change/apply-change.js';
import { orTakenBack } from '../change/or-taken-back.js';
import { readDaemonJson } from '../change/daemon-json.js';
import type { Context } from '../context/command.js';
import { withRecord } from '../declaration/record-change.js';
import { readMaterial, type MaterialOptions } from './material.js';
import { prove, readDaemonTrust, whyUnasked, type JudgedRegistry } from './prove.js';
import { lookAt } from './observe-registry.js';

/** What became of one entry of insecure-registries. */
export interface Migrated {
  readonly registry: string;
  readonly result: 'migrated' | 'planned' | 'kept';
  /** Why it was kept, or what it is trusted by now. */
  readonly reason: string;
}

type Given = Pick<MaterialOptions, 'ca' | 'fingerprint'>;

/** Replaces entries of insecure-registries by real trust, one by one; all where none is named. */
export async function migrateRegistries(
  context: Context,
  typed: readonly string[],
  given: Given,
): Promise<Migrated[]> {
  const names =
    typed.length > 0 ? typed.map((name) => parseRegistry(name).name) : await entries(context);
  const results: Migrated[] = [];
  for (const name of names) {
    context.terminal.progress(`Migrating ${name}`);
    results.push(await migrate(context, name, given));
  }
  return results;
}

async function entries(context: Context): Promise<string[]> {
  const { document, observed } = await readDaemonJson(context);
  return insecureEntries(document, observed).filter((entry) => !isLoopbackBlock(entry));
}

/** Proves the trust before the entry goes: a registry that works today works afterwards, or stays as it is. */
async function migrate(context: Context, name: string, options: Given): Promise<Migrated> {
  const kept = (reason: string): Migrated => ({ registry: name, result: 'kept', reason });
  if (insecureEntry(name).kind === 'block') {
    return kept(
      'it is a network: name the registries in it one by one, then dockerctl insecure remove it',
    );
  }
  const registry = parseRegistry(name);
  const { document, observed } = await readDaemonJson(context);
  if (!insecureEntries(document, observed).includes(name))
    return kept('it is not in insecure-registries');
  const flag = flagEntries(observed, INSECURE.key).find(
    ({ value }) => INSECURE.same(value) === name,
  );
  if (flag !== undefined)
    return kept(
      `a flag of dockerd makes it insecure (${flag.from}): dockerctl config import-flags ${INSECURE.key}, then this again`,
    );
  const unasked =
    context.options.activate === 'never'
      ? 'with --activate never it is not told of the change'
      : whyUnasked(context, observed);
  if (unasked !== null && !context.options.dryRun)
    return kept(
      `without dockerd's own word no entry is dropped: ${unasked}. Try: dockerctl daemon status`,
    );
  try {
    const findings = await judgeSecurely(context, registry);
    if (findings.some(({ code }) => !TRUST_HELPS.test(code))) return kept(whyNot(findings));
    const trusted = findings.length === 0 ? null : await materialFor(context, registry, options);
    return await replace(context, registry, trusted);
  } catch (error) {
    if (isDockerctlError(error) && HARMLESS.includes(error.code))
      return kept(`${error.message} Try: ${error.hint}`);
    throw error;
  }
}

/** Findings that a CA fixes; with any other the entry is what makes the registry work. */
const TRUST_HELPS =
  /^registry-(?:unknown-authority|proxy-in-between|self-signed|authority-changed|intermediate-missing)$/;
const HARMLESS = [
  'answer-needed',
  'invalid-certificate',
  'remote-failed',
  'timed-out',
  'invalid-config',
];

async function judgeSecurely(
  context: Context,
  registry: RegistryAddress,
): Promise<readonly Finding[]> {
  const trust = { ...(await readDaemonTrust(context)), insecure: [] };
  const verdicts = await verifyRegistries(context.host, [registry], {
    trust,
    done: () => undefined,
  });
  return verdicts
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity === 'error');
}

function materialFor(context: Context, registry: RegistryAddress, { ca, fingerprint }: Given) {
  return readMaterial(context, registry, {
    ca,
    fetch: ca === undefined,
    fingerprint: ca === undefined ? fingerprint : undefined,
    'client-cert': undefined,
    'client-key': undefined,
    insecure: false,
    chosen: null,
    again: `dockerctl trust migrate ${registry.name}`,
  });
}

async function replace(
  context: Context,
  registry: RegistryAddress,
  ready: Awaited<ReturnType<typeof materialFor>> | null,
): Promise<Migrated> {
  const { name } = registry;
  const title = `trust migrate ${name}`;
  const { observed, machine, snapshot, secrets } = await lookAt(context, registry, {
    chosen: null,
    ca: ready?.material.ca ?? '',
  });
  const edit = await withConsent(context, observed, (how) =>
    planDaemonEdit(
      observed,
      { title, edit: (before) => removeEntries(before, INSECURE, [name]) },
      how,
    ),
  );
  const material = ready?.material ?? { ca: null, client: null, insecure: false };
  const files = planTrust(title, { registry, material, machine }, snapshot);
  const installed = ready === null ? null : await applyChange(context, files, { secrets });
  if (installed !== null) {
    if (installed.status === 'planned')
      return { registry: name, result: 'planned', reason: 'would be trusted by its CA' };
    const left = await judgeSecurely(context, registry);
    if (left.length > 0) {
      await applyChange(context, invert(files), { secrets });
      return { registry: name, result: 'kept', reason: whyNot(left) };
    }
  }
  const said = [
    trusted(name, {
      ca: material.ca,
      client: null,
      insecure: false,
      verify: true,
      to: chooseConsumers(machine, snapshot).map((consumer) => consumer.name),
    }),
    notInsecure(name),
  ];
  const last = ready === null ? joinPlans(files, edit) : edit;
  const recorded = await withRecord(context, last, said);
  const drop = () => applyChange(context, recorded, { secrets });
  const outcome = await (installed === null
    ? drop()
    : orTakenBack(context, { outcome: installed, secrets }, drop));
  if (outcome.status === 'planned')
    return { registry: name, result: 'planned', reason: 'is trusted already' };
  const [judged] = await prove(context, [registry]);
  if (judged?.proved !== true) {
    await applyChange(context, invert(outcome.plan), { secrets });
    if (ready !== null) await applyChange(context, invert(files), { secrets });
    const { findings = [] } = judged ?? {};
    return { registry: name, result: 'kept', reason: `${TAKEN_BACK}: ${whyNot(findings)}` };
  }
  return { registry: name, result: 'migrated', reason: reasonFor(judged, ready !== null) };
}

const TAKEN_BACK = 'dockerd did not get through without the entry, which stands again';

function reasonFor({ findings }: JudgedRegistry, added: boolean): string {
  const by = added ? 'trusted by its CA now' : 'its certificate was trusted all along';
  return findings.some(({ code }) => code === 'registry-insecure')
    ? `${by}; but a network in insecure-registries holds its address, so that dockerd still verifies nothing`
    : `${by}, and dockerd got through`;
}

function whyNot(findings: readonly Finding[]): string {
  return findings.map(({ message, hint }) => `${message}. Try: ${hint}`).join('; ');
}
