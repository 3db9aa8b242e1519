import { insecureEntries } from '../../core/registry/insecure-list.js';
import { bytesIn } from '../../core/dockerd/config/file.js';
import { planDaemonEdit } from '../../core/dockerd/config/edit.js';
import { removeEntries } from '../../core/dockerd/options/entries.js';
import { INSECURE } from '../../core/dockerd/options/insecure.js';
import { flagEntries } from '../../core/dockerd/observed/flag-entries.js';
import type { RegistryAddress } from '../../core/registry/address.js';
import type { Material, RegistryOnMachine } from '../../core/trust/contributions/consumer.js';
import { chooseConsumers } from '../../core/trust/consumers/consumers.js';
import {
  insecureBeforePath,
  putInsecureBefore,
  readInsecureBefore,
  takenOut,
} from '../../core/trust/contributions/insecure-before.js';
import { unverifiedBy } from '../../core/trust/consumers/unverified.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { invert, type Plan } from '../../core/plan/plan.js';
import { readSnapshot } from '../../system/files/read-snapshot.js';
import { agrees } from '../change/agreement.js';
import { applyChange } from '../change/apply-change.js';
import { withConsent, withDaemonRecord } from '../change/change.js';
import type { Context } from '../context/command.js';
import type { Scene } from './observe-registry.js';
import { prove, whyUnasked } from './prove.js';

/** What somebody agreed to take out, so that a CA counts. */
export interface Closing {
  /** From the files of the consumers. */
  readonly files: boolean;
  /** From insecure-registries of daemon.json. */
  readonly entry: boolean;
}

const NOTHING: Closing = { files: false, entry: false };

/**
 * Where verification is switched off, or http is used, a CA does not count: whoever adds one is asked once, for all of the consumers
 * that it is added for, in one sentence. Without an answer, and below a dry run, everything stays, and the notes say so.
 */
export async function askToClose(
  { terminal, options }: Context,
  registry: RegistryAddress,
  { material, scene }: { readonly material: Material; readonly scene: Scene },
): Promise<Closing> {
  if (material.insecure || material.ca === null || options.dryRun) return NOTHING;
  const { machine, snapshot, document, observed } = scene;
  const chosen = chooseConsumers(machine, snapshot).map(({ name }) => name);
  const open = unverifiedBy({ registry, machine }, snapshot).filter(({ consumer }) =>
    chosen.includes(consumer),
  );
  const byFlag = flagEntries(observed, INSECURE.key).some(
    ({ value }) => INSECURE.same(value) === registry.name,
  );
  const entry =
    chosen.includes('docker') &&
    !byFlag &&
    insecureEntries(document, observed).includes(registry.name);
  if (open.length === 0 && !entry) return NOTHING;
  const whom = [
    ...(entry ? ['docker (insecure-registries in daemon.json)'] : []),
    ...open.map(({ consumer, says }) => `${consumer} (${says})`),
  ].join(', ');
  const question = `Nothing is verified for ${registry.name} by ${whom}: the CA counts once that is taken out. Take it out?`;
  return (await agrees(() => terminal.confirm(question, '--yes')))
    ? { files: open.length > 0, entry }
    : NOTHING;
}

interface Dropping {
  readonly scene: Scene;
  /** false: --no-verify. */
  readonly verify: boolean;
}

/** The entry is taken out by the plan, or stays, and why. */
export type Drop = { readonly plan: Plan } | { readonly stays: string };

/**
 * How the registry goes out of insecure-registries. Nothing is changed yet: a file that must not be edited is refused here, before
 * anything else is written. Where nobody could be asked afterwards, the entry stays.
 */
export async function planDrop(
  context: Context,
  { name }: RegistryAddress,
  { scene: { observed }, verify }: Dropping,
): Promise<Drop> {
  const untold =
    context.options.activate === 'never'
      ? 'with --activate never it is not told of the change'
      : whyUnasked(context, observed);
  const why = verify ? untold : 'with --no-verify nobody is asked';
  if (why !== null)
    return {
      stays: `${name} stays in insecure-registries, and dockerd looks at none of its certificates: without dockerd's own word no entry is dropped, and ${why}. Once it can be asked: dockerctl trust migrate ${name}`,
    };
  const title = `insecure remove ${name}`;
  const plan = await withConsent(context, observed, (how) =>
    planDaemonEdit(
      observed,
      { title, edit: (before) => removeEntries(before, INSECURE, [name]) },
      how,
    ),
  );
  return { plan };
}

/** What became of the entry: a sentence, and what dockerd was told for it. */
export type Dropped = Pick<Outcome, 'activated'> & { readonly note: string };

/** Takes it out; where dockerd then does not get through, it stands there again. */
export async function dropInsecureEntry(
  context: Context,
  registry: RegistryAddress,
  { drop, scene: { observed, machine } }: { readonly drop: Drop; readonly scene: Scene },
): Promise<Dropped> {
  if ('stays' in drop) return { activated: null, note: drop.stays };
  const { name } = registry;
  const recorded = await withDaemonRecord(
    context,
    withTaken(context, { machine, registry }, drop.plan),
    observed.configPath,
  );
  const { plan, activated } = await applyChange(context, recorded);
  const [judged] = await prove(context, [registry]);
  if (judged?.proved === true) {
    const note = `${name} is taken out of insecure-registries, and dockerd got through without`;
    return { activated, note };
  }
  const back = await applyChange(context, invert(plan));
  const refusal = judged?.findings.find(({ severity }) => severity === 'error')?.message;
  return {
    activated: back.activated,
    note: `${name} stands in insecure-registries again: dockerd did not get through without${refusal === undefined ? '' : ` (${refusal})`}`,
  };
}

/** With the entry as it was kept, for who takes the CA back. */
function withTaken({ host }: Context, subject: RegistryOnMachine, plan: Plan): Plan {
  const { snapshot } = readSnapshot(host, () => [insecureBeforePath(subject)]);
  const known = readInsecureBefore(subject, snapshot);
  const change = plan.changes.find(({ path }) => path.endsWith('.json'));
  if (known === null || known.ours === true || change === undefined) return plan;
  const taken = takenOut(bytesIn(change.before), bytesIn(change.after));
  if (taken === undefined) return plan;
  return {
    ...plan,
    changes: [...plan.changes, ...putInsecureBefore(subject, snapshot, { ...known, taken })],
  };
}
