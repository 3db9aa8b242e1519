import { planDaemonEdit } from '../../core/dockerd/config/edit.js';
import { notInsecure, trusted } from '../../core/declaration/statements.js';
import { removeEntries } from '../../core/dockerd/options/entries.js';
import { flagEntries } from '../../core/dockerd/observed/flag-entries.js';
import { INSECURE, insecureEntry } from '../../core/dockerd/options/insecure.js';
import type { Finding } from '../../core/plan/finding.js';
import { invert } from '../../core/plan/plan.js';
import { parseRegistry, type RegistryAddress } from '../../core/registry/address.js';
import { isLoopbackBlock } from '../../core/registry/insecure-list.js';
import { chooseConsumers } from '../../core/trust/consumers/consumers.js';
import { joinPlans } from '../../core/plan/join-plans.js';
import { planTrust } from '../../core/trust/consumers/plan-trust.js';
import { isDockerctlError } from '../../errors.js';
import { verifyRegistries } from '../../system/trust/registry-trust.js';
import { withConsent } from '../../app/change/change.js';
import { applyChange } from '../../app/change/apply-change.js';
import { readDaemonJson } from '../../app/change/daemon-json.js';
import { defineCommand, type Context, type Style } from '../../app/context/command.js';
import { withRecord } from '../../app/declaration/record-change.js';
import { readMaterial, type MaterialOptions } from '../../app/trust/material.js';
import {
  insecureEntries,
  prove,
  readDaemonTrust,
  whyUnasked,
  type Judged,
} from '../../app/trust/prove.js';
import { migrateContainerd } from '../../app/trust/migrate-containerd.js';
import { lookAt } from '../../app/trust/observe-registry.js';

/** What became of one entry of insecure-registries. */
interface Migrated {
  readonly registry: string;
  readonly result: 'migrated' | 'planned' | 'kept';
  /** Why it was kept, or what it is trusted by now. */
  readonly reason: string;
}

export const command = defineCommand({
  summary: 'replace insecure entries by real trust, one by one',
  args: [{ name: 'REGISTRY', describe: 'entries to migrate; default: all', many: true }],
  options: {
    ca: { type: 'string', describe: 'CA certificate of all of them', placeholder: 'FILE' },
    fingerprint: {
      type: 'string',
      describe: 'SHA-256 that the CA fetched from the registry must have',
      placeholder: 'SHA256',
    },
    to: {
      type: 'string',
      choices: ['docker', 'containerd'],
      default: 'docker',
      describe: "containerd: the CRI plugin's old tables of registries become hosts.toml",
    },
  },
  examples: [
    'trust migrate',
    'trust migrate registry.example.com:5000 --ca ca.crt',
    'trust migrate --to containerd',
  ],
  run: async (context, { args, options }): Promise<{ readonly results: readonly Migrated[] }> => {
    if (options.to === 'containerd') return { results: await migrateContainerd(context) };
    const names =
      args.length > 0 ? args.map((typed) => parseRegistry(typed).name) : await entries(context);
    const results: Migrated[] = [];
    for (const name of names) {
      context.terminal.progress(`Migrating ${name}`);
      results.push(await migrate(context, name, options));
    }
    return { results };
  },
  render: renderResults,
  status: ({ results }) => (results.some(({ result }) => result === 'kept') ? 1 : 0),
});

async function entries(context: Context): Promise<string[]> {
  const { document, observed } = await readDaemonJson(context);
  return insecureEntries(document, observed).filter((entry) => !isLoopbackBlock(entry));
}

/** Proves the trust before the entry goes: a registry that works today works afterwards, or stays as it is. */
async function migrate(
  context: Context,
  name: string,
  options: Pick<MaterialOptions, 'ca' | 'fingerprint'>,
): Promise<Migrated> {
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

function materialFor(
  context: Context,
  registry: RegistryAddress,
  { ca, fingerprint }: Pick<MaterialOptions, 'ca' | 'fingerprint'>,
) {
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
  if (ready !== null) {
    const installed = await applyChange(context, files, { secrets });
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
  const outcome = await applyChange(context, await withRecord(context, last, said), { secrets });
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

function reasonFor({ findings }: Judged, added: boolean): string {
  const by = added ? 'trusted by its CA now' : 'its certificate was trusted all along';
  return findings.some(({ code }) => code === 'registry-insecure')
    ? `${by}; but a network in insecure-registries holds its address, so that dockerd still verifies nothing`
    : `${by}, and dockerd got through`;
}

function whyNot(findings: readonly Finding[]): string {
  return findings.map(({ message, hint }) => `${message}. Try: ${hint}`).join('; ');
}

function renderResults(
  { results }: { readonly results: readonly Migrated[] },
  style: Style,
): string {
  if (results.length === 0)
    return 'Nothing to migrate: there is no entry of insecure-registries, or no old table of containerd, to replace.';
  const paint = {
    migrated: () => style.green('migrated'),
    planned: () => style.cyan('planned'),
    kept: () => style.yellow('kept'),
  };
  return results
    .map(({ registry, result, reason }) => `${paint[result]()} ${registry}: ${reason}`)
    .join('\n');
}
