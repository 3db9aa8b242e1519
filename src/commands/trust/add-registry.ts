import { addEntries } from '../../core/dockerd/options/entries.js';
import { planDaemonEdit } from '../../core/dockerd/config/edit.js';
import type { Statement } from '../../core/declaration/record.js';
import { trusted } from '../../core/declaration/statements.js';
import { hasErrors, type Finding } from '../../core/plan/finding.js';
import type { Outcome } from '../../core/plan/outcome.js';
import type { Plan } from '../../core/plan/plan.js';
import { parseRegistry, type RegistryAddress } from '../../core/registry/address.js';
import { chooseConsumers } from '../../core/trust/consumers/consumers.js';
import { joinPlans } from '../../core/plan/join-plans.js';
import { planTrust } from '../../core/trust/consumers/plan-trust.js';
import type { Proof } from '../../core/trust/proof/weigh-consumer.js';
import { givenPath } from '../../system/files/given-path.js';
import { withConsent } from '../../app/change/change.js';
import { applyChange } from '../../app/change/apply-change.js';
import { newBuilderNotes } from '../../app/trust/builder-notes.js';
import { defineCommand, type Context, type Style } from '../../app/context/command.js';
import { findingData, renderFindings } from '../text/findings-text.js';
import { INSECURE } from '../../core/dockerd/options/insecure.js';
import { renderOutcome } from '../text/outcome-text.js';
import { withRecord } from '../../app/declaration/record-change.js';
import { addHubTrust, isHubName } from '../../app/trust/hub.js';
import { readMaterial, type ReadyMaterial } from '../../app/trust/material.js';
import { insecureEntries } from '../../app/trust/prove.js';
import { proveConsumers } from '../../app/trust/prove-consumers.js';
import {
  lookAt,
  readConsumers,
  type Scene,
  usualConsumers,
} from '../../app/trust/observe-registry.js';
import { askToClose, dropInsecureEntry } from '../../app/trust/verification-off.js';
import { checkStores } from '../../app/trust/store-check.js';
import { withRealm } from '../../app/trust/token-realm.js';
import { REQUIRE_PROOF } from '../../app/trust/require-proof.js';

/** What became of it, and whether the registry works now. */
interface Added extends Outcome {
  readonly registry: string;
  /** Whether each consumer itself was seen to reach it; null where nobody was asked. */
  readonly proved: boolean | null;
  readonly proofs: readonly Proof[];
  readonly findings: readonly Record<string, unknown>[];
  /** --require-proof, and there is none. */
  readonly lacksProof: boolean;
}

export const command = defineCommand({
  isConfirmable: true,
  summary: 'make a registry trusted, and prove it',
  args: [{ name: 'REGISTRY', describe: 'host, or host:port as in image names', required: true }],
  options: {
    ca: {
      type: 'string',
      describe: 'CA certificate: a file, or an https address',
      placeholder: 'FILE',
    },
    fetch: { type: 'boolean', describe: 'get the CA from the registry itself' },
    fingerprint: {
      type: 'string',
      describe: 'SHA-256 that the fetched CA must have',
      placeholder: 'SHA256',
    },
    'client-cert': { type: 'string', describe: 'certificate to show it', placeholder: 'FILE' },
    'client-key': { type: 'string', describe: 'key of that certificate', placeholder: 'FILE' },
    insecure: { type: 'boolean', describe: 'verify nothing, and accept http' },
    to: {
      type: 'list',
      describe:
        'docker,containerd,podman,buildkit,k3s,system,java,nss; default: docker and those found here that pull',
      placeholder: 'CONSUMERS',
    },
    verify: {
      type: 'boolean',
      default: true,
      describe: 'do not prove it',
    },
    'require-proof': REQUIRE_PROOF,
  },
  examples: [
    'trust add-registry registry.example.com:5000 --ca ca.crt',
    'trust add-registry registry.example.com --fetch --fingerprint 3A:5F:…',
    'trust add-registry registry.example.com --ca ca.crt --client-cert me.crt --client-key me.key',
  ],
  run: async (context, { args: [typed = ''], options }): Promise<Added> => {
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
    const outcome = await applyChange(context, await withRecord(context, plan, [said]), {
      secrets,
    });
    if (outcome.status === 'applied') await checkStores(context, registry, { chosen, ca });
    const dropped = closing.entry ? [await dropInsecureEntry(context, registry, scene)] : [];
    const asks = options.verify && !context.options.dryRun && context.host.self.root === null;
    const consumers = chooseConsumers(scene.machine, scene.snapshot).map(({ name }) => name);
    const { proofs, findings } = asks
      ? await proveConsumers(context, registry, consumers)
      : { proofs: [], findings: [] };
    const proved = asks ? proofs.every((proof) => proof.proved) : null;
    const lacksProof = options['require-proof'] && proved !== true && !context.options.dryRun;
    const answer = { registry: registry.name, proved, proofs, lacksProof };
    const notes = [...outcome.plan.notes, ...dropped];
    const told = { ...outcome, plan: { ...outcome.plan, notes } };
    return { ...told, ...answer, findings: findings.map(findingData) };
  },
  render: renderAdded,
  status: ({ findings, lacksProof }) =>
    lacksProof || hasErrors(findings as unknown as Finding[]) ? 1 : 0,
});

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
): Statement {
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
  const files = planTrust(title, { registry, material, machine }, snapshot);
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
  return joinPlans(plan, edit);
}

function stillInsecure(name: string): string {
  return `${name} stands in insecure-registries: dockerd looks at none of these certificates until dockerctl insecure remove ${name}`;
}

function renderAdded(added: Added, style: Style): string {
  const findings = renderFindings(added.findings as unknown as readonly Finding[], style);
  return [
    renderOutcome(added, style),
    ...(findings === '' ? [] : [findings]),
    ...proofText(added, style),
  ].join('\n');
}

/** Who was seen to reach it; only what was seen. */
function proofText({ registry, proofs, lacksProof }: Added, style: Style): string[] {
  const names = new Set(proofs.filter(({ proved }) => proved).map(({ by }) => by));
  const seen = [...names].join(', ');
  return [
    ...(seen === '' ? [] : [`${style.green('Proved')} by ${seen}: ${registry} can be used.`]),
    ...(lacksProof ? [`${style.red('Not proved')}, and --require-proof asks for it.`] : []),
  ];
}
