import { DOCKER_HUB } from '../../core/dockerd/options/docker-hub.js';
import { planDaemonEdit } from '../../core/dockerd/config/edit.js';
import { authority, distrusted, notInsecure } from '../../core/declaration/statements.js';
import { entriesOf, removeEntries } from '../../core/dockerd/options/entries.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { nearest } from '../../core/text/suggest.js';
import { isEmpty } from '../../core/plan/plan.js';
import { printable } from '../../core/text/printable.js';
import { parseRegistry, type RegistryAddress } from '../../core/registry/address.js';
import type { Document } from '../../core/formats/json/document.js';
import type { FileChange } from '../../core/plan/plan.js';
import type { Snapshot } from '../../core/plan/snapshot.js';
import type { RegistryOnMachine } from '../../core/trust/contributions/consumer.js';
import { drop } from '../../core/trust/contributions/contribution.js';
import {
  insecureBeforePath,
  readInsecureBefore,
  withInsecureAgain,
} from '../../core/trust/contributions/insecure-before.js';
import { CONSUMER_NAMES } from '../../core/trust/consumers/consumers.js';
import { joinPlans } from '../../core/plan/join-plans.js';
import { planDistrust, planContributions } from '../../core/trust/consumers/plan-trust.js';
import {
  readsStore,
  removeFromStore,
  storedNames,
} from '../../core/trust/consumers/system/system.js';
import { newBuilderNotes } from '../../app/trust/builder-notes.js';
import { type Context, defineCommand } from '../../app/context/command.js';
import { readSnapshot } from '../../system/files/read-snapshot.js';
import { withConsent, withDaemonRecord } from '../../app/change/change.js';
import { applyChange } from '../../app/change/apply-change.js';
import { INSECURE } from '../../core/dockerd/options/insecure.js';
import { renderOutcome } from '../text/outcome-text.js';
import { withRecord } from '../../app/declaration/record-change.js';
import { isHubName } from '../../app/trust/hub.js';
import { readTrusted } from '../../app/trust/list-trusted.js';
import { lookAt, readConsumers, usualConsumers } from '../../app/trust/observe-registry.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'take back the trust in a registry, from every consumer',
  args: [{ name: 'REGISTRY', describe: 'host, or host:port as in image names', required: true }],
  options: {
    to: { type: 'list', describe: 'these consumers only; default: all', placeholder: 'CONSUMERS' },
  },
  examples: ['trust remove-registry registry.example.com:5000'],
  run: async (context, { args: [typed = ''], options }): Promise<Outcome> => {
    if (isHubName(typed)) return removeHubTrust(context);
    const registry = parseRegistry(typed);
    const named = readConsumers(options.to) ?? usualConsumers(context.host);
    const scene = await lookAt(context, registry, { chosen: named ?? CONSUMER_NAMES, ca: null });
    const stores = storedNames(scene.snapshot).length > 0;
    const chosen = (named ?? CONSUMER_NAMES).filter(
      (name) => name !== 'system' || stores || named !== null,
    );
    const title = `trust remove-registry ${registry.name}`;
    const machine = { ...scene.machine, chosen };
    const files = planDistrust(title, { registry, machine }, scene.snapshot);
    const { observed, document } = scene;
    const listed = entriesOf(document, INSECURE).some(
      (entry) => INSECURE.same(entry) === registry.name,
    );
    const meant = isEmpty(files) && !listed ? await nearestTrusted(context, registry) : [];
    const entry = chosen.includes('docker')
      ? entryAfter({ registry, machine }, scene.snapshot, listed)
      : NOTHING_OF_IT;
    const own = [...newBuilderNotes(context.host, observed, files), ...files.notes];
    const noted = {
      ...files,
      changes: [...files.changes, ...entry.changes],
      notes: [...registry.notes, ...own, ...entry.notes, ...meant],
    };
    const said = [
      distrusted(registry.name, named),
      ...(entry.stays ? [] : [notInsecure(registry.name)]),
    ];
    const plan = await withRecord(context, noted, said);
    const { edit } = entry;
    if (edit === null) return applyChange(context, plan, { secrets: scene.secrets });
    const change = await withConsent(context, observed, (how) =>
      planDaemonEdit(observed, { title, edit }, how),
    );
    const told = entry.stays
      ? await withDaemonRecord(context, change, observed.configPath)
      : change;
    return applyChange(context, joinPlans(plan, told), { secrets: scene.secrets });
  },
  render: renderOutcome,
});

/** What becomes of the registry's entry in insecure-registries. */
interface Entry {
  /** It is there afterwards. */
  readonly stays: boolean;
  readonly edit: ((document: Document) => Document) | null;
  /** Of its record. */
  readonly changes: readonly FileChange[];
  readonly notes: readonly string[];
}

const NOTHING_OF_IT: Entry = { stays: false, edit: null, changes: [], notes: [] };

/** It goes with the trust, but for one that was there before the CA: then it is as it was. */
function entryAfter(subject: RegistryOnMachine, snapshot: Snapshot, listed: boolean): Entry {
  const { name } = subject.registry;
  const known = readInsecureBefore(subject, snapshot);
  const changes = drop(snapshot, insecureBeforePath(subject));
  if (known === null || known.ours === true) {
    const edit = (document: Document) => removeEntries(document, INSECURE, [name]);
    return { ...NOTHING_OF_IT, edit: listed ? edit : null, changes };
  }
  if (!listed && known.taken === undefined) return { ...NOTHING_OF_IT, changes };
  const where = listed ? 'stays in' : 'stands again in';
  const note = `${name} ${where} insecure-registries, as before its CA was added: dockerctl insecure remove ${name}`;
  return {
    ...{ stays: true, changes, notes: [note] },
    edit: listed ? null : (document) => withInsecureAgain(document, name, known),
  };
}

/** Nothing to take back: the name may be mistyped, or lack its port. */
async function nearestTrusted(
  context: Context,
  { name, host }: RegistryAddress,
): Promise<string[]> {
  const names = (await readTrusted(context)).map(({ registry }) => registry);
  if (names.includes(name)) return [];
  const meant = names.find((other) => other.split(':')[0] === host) ?? nearest(name, names);
  return [
    `${name} is not trusted here${meant === undefined ? ': `dockerctl trust list` names what is' : `, but ${printable(meant)} is: dockerctl trust remove-registry ${printable(meant)}`}`,
  ];
}

async function removeHubTrust(context: Context): Promise<Outcome> {
  const { snapshot } = readSnapshot(context.host, (seen) => readsStore(null, seen));
  const plan = planContributions('trust remove-registry docker.io', [
    removeFromStore(snapshot, DOCKER_HUB),
  ]);
  return applyChange(context, await withRecord(context, plan, [authority(DOCKER_HUB, null)]));
}
