import { memberOf } from '../../formats/json/json-object.js';
import type { Plan } from '../../plan/plan.js';
import { configsIn } from './bridge-reset.js';
import { countsText, type Inventory } from '../observed/inventory.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { sameMeaning } from '../options/meaning.js';
import { engineOf, inRange } from '../options/keys/version.js';

/** Keys whose new value has dockerd look for images and containers in another folder; `volumes`: for those, too. */
const ELSEWHERE: readonly { readonly key: string; readonly volumes: boolean }[] = [
  { key: 'data-root', volumes: true },
  { key: 'graph', volumes: true },
  { key: 'userns-remap', volumes: true },
  { key: 'storage-driver', volumes: false },
];

/** With the other image store dockerd looks for its containers elsewhere; engines before 24 have one only. */
const SNAPSHOTTER = 'containerd-snapshotter';

export interface Elsewhere {
  readonly keys: readonly string[];
  readonly volumes: boolean;
}

/** The keys of a plan after which dockerd may list nothing of what it has; null where there are none. */
export function elsewhereOf(
  { changes }: Pick<Plan, 'changes'>,
  { configPath, version }: Pick<ObservedDaemon, 'configPath' | 'version'>,
): Elsewhere | null {
  const change = changes.find(({ path }) => path === configPath);
  if (change === undefined) return null;
  const { has: before, wanted: after } = configsIn(change.before, change.after);
  const hasStores = inRange(engineOf(version), '24..');
  const store = (config: typeof before) => memberOf(config.features, SNAPSHOTTER) ?? null;
  const all = [
    ...ELSEWHERE.filter(({ key }) => !sameMeaning(key, before[key], after[key])),
    ...(hasStores && store(before) !== store(after)
      ? [{ key: `features.${SNAPSHOTTER}`, volumes: false }]
      : []),
  ];
  if (all.length === 0) return null;
  return { keys: all.map(({ key }) => key), volumes: all.some(({ volumes }) => volumes) };
}

/** What a dry run says of it; null where there is nothing to lose sight of. */
export function elsewhereText({ keys, volumes }: Elsewhere, inventory: Inventory): string | null {
  const counts = countsText({ ...inventory, volumes: volumes ? inventory.volumes : 0 });
  if (counts === '') return null;
  const one = /^1 [a-z]+$/.test(counts);
  const those = one ? 'It stays' : 'They stay';
  return `with another ${keys.join(' and ')} dockerd lists what it finds there, and ${counts} of today ${one ? 'goes' : 'go'} out of sight. ${those} in ${inventory.place}, and ${one ? 'comes' : 'come'} back into sight with the old value; \`docker save\` before it and \`docker load\` after it take images along`;
}
