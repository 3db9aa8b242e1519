import { planDaemonEdit } from '../../core/dockerd/config/edit.js';
import { removeEntries } from '../../core/dockerd/options/entries.js';
import { INSECURE } from '../../core/dockerd/options/insecure.js';
import { flagEntries } from '../../core/dockerd/observed/flag-entries.js';
import type { RegistryAddress } from '../../core/registry/address.js';
import type { Material } from '../../core/trust/consumers/consumer.js';
import { chooseConsumers } from '../../core/trust/consumers/consumers.js';
import { unverifiedBy } from '../../core/trust/consumers/unverified.js';
import { invert } from '../../core/plan/plan.js';
import { agrees } from '../change/agreement.js';
import { applyChange } from '../change/apply-change.js';
import { withConsent, withDaemonRecord } from '../change/change.js';
import type { Context } from '../context/command.js';
import type { Scene } from './observe-registry.js';
import { insecureEntries, prove } from './prove.js';

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

/** Takes the registry out of insecure-registries; where dockerd then does not get through, it stands there again. A sentence. */
export async function dropInsecureEntry(
  context: Context,
  registry: RegistryAddress,
  { observed }: Scene,
): Promise<string> {
  const title = `insecure remove ${registry.name}`;
  const plan = await withConsent(context, observed, (how) =>
    planDaemonEdit(
      observed,
      { title, edit: (before) => removeEntries(before, INSECURE, [registry.name]) },
      how,
    ),
  );
  const recorded = await withDaemonRecord(context, plan, observed.configPath);
  const outcome = await applyChange(context, recorded);
  const [judged] = await prove(context, [registry]);
  if (judged?.proved === true)
    return `${registry.name} is taken out of insecure-registries, and dockerd got through without`;
  await applyChange(context, invert(outcome.plan));
  const why = judged?.findings.find(({ severity }) => severity === 'error')?.message;
  return `${registry.name} stands in insecure-registries again: dockerd did not get through without${why === undefined ? '' : ` (${why})`}`;
}
