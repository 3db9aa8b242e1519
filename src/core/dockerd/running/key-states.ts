import type { Document } from '../../formats/json/document.js';
import { get } from '../../formats/json/json-edit.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { effectOf } from '../options/keys/effects.js';
import type { KeySpec } from '../options/keys/key.js';
import { isKnown, keyNamed, KEYS } from '../options/keys/keys.js';
import { stateOfFeatures } from './features.js';
import type { KeyState } from './key-state.js';
import { runsAlike } from './builtin.js';
import { type KnownValue, type Looked, lookAt } from './looked.js';
import { inFile, saidOf } from './places.js';
import { remedyFor } from './remedy.js';
import type { Merged } from './said.js';
import { shownOf, type ShownValue } from './shown.js';
import { loadedOf, startedOf } from './started.js';

/** dockerd does not start with one of them. */
const MOST_STRANGE = 100;

/**
 * The one picture of dockerd's configuration: every key that this engine knows, by name, and those that only the file has.
 * All views are made from it, and say nothing that is not in it.
 */
export function keyStates(observed: ObservedDaemon, document: Document): KeyState[] {
  const looked = lookAt(observed, document);
  const known = KEYS.filter((key) => isKnown(key, looked.kind.engine));
  const names = new Set(known.map(({ name }) => name));
  const strange = (document.root?.members ?? []).map(({ key }) => key);
  return [
    ...known.map((key) =>
      key.name === 'features' ? stateOfFeatures(key, looked) : stateOf(key, looked),
    ),
    ...[...new Set(strange)]
      .filter((key) => !names.has(key))
      .slice(0, MOST_STRANGE)
      .map((key) => strangeState(key, looked)),
  ].sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
}

function stateOf(key: KeySpec, looked: Looked): KeyState {
  const { observed, kind, next } = looked;
  const { state, info, witnesses } = observed;
  const merged = forced(key, looked) ?? next.merged(key);
  const runs = state === 'running';
  const loaded = runs ? loadedOf(key, looked) : null;
  const seen = runs ? shownOf(key, { info, witnesses, engine: kind.engine }) : null;
  const shown = seen ?? (runs ? shownRoot(key, merged, looked) : null);
  const current: KnownValue | null =
    shown === null
      ? trusted(key, loaded, looked)
      : { held: { value: shown.value }, evidence: 'shown' };
  return {
    key: key.name,
    said: saidOf(key, looked),
    next: merged && { value: merged.value, source: merged.source },
    started: (runs ? startedOf(key, looked) : null)?.held ?? null,
    loaded: loaded?.held ?? null,
    shown,
    current: current?.held ?? null,
    evidence: current?.evidence ?? (runs ? 'unknown' : 'no daemon'),
    pending:
      merged === null || current === null
        ? null
        : remedyFor(key, [current.held.value, merged.value], looked),
  };
}

/**
 * /info names the folder with links resolved, and the one of remapped users below it (moby daemon_unix.go, setupDaemonRoot):
 * where it is what a start would take, that is in force; where it is not, it tells nothing.
 */
function shownRoot(
  { name }: KeySpec,
  next: Merged | null,
  { observed: { info }, kind }: Looked,
): ShownValue | null {
  const root = info?.DockerRootDir;
  if (next === null || (name !== 'data-root' && name !== 'graph')) return null;
  if (typeof root !== 'string' || (name === 'graph' && next.value === undefined)) return null;
  const value = root.replace(/\/\d+\.\d+$/, '');
  const isNext = runsAlike('data-root', [value, next.value ?? ROOT], kind);
  return isNext ? { value, where: '/info/DockerRootDir' } : null;
}

const ROOT = '/var/lib/docker';

/** Without iptables dockerd does not masquerade, whatever is asked for (moby daemon_unix.go, verifyDaemonSettings). */
function forced({ name }: KeySpec, { next }: Looked): Merged | null {
  const iptables = name === 'ip-masq' ? keyNamed('iptables') : undefined;
  const off = iptables === undefined ? null : next.merged(iptables);
  return off?.value === false ? { ...off, value: false } : null;
}

/** What was loaded of the default bridge, a start with running containers has perhaps left out. */
function trusted(key: KeySpec, loaded: KnownValue | null, { observed }: Looked): KnownValue | null {
  const ofBridge = effectOf(key.name).need === 'restart without containers';
  return ofBridge && observed.witnesses.defaultBridge === null ? null : loaded;
}

/** dockerd does not start with it, or ignores it. */
function strangeState(key: string, looked: Looked): KeyState {
  return {
    key,
    said: inFile(key, looked),
    next: { value: get(looked.document, [key]) ?? null, source: 'file' },
    started: null,
    loaded: null,
    shown: null,
    current: null,
    evidence: looked.observed.state === 'running' ? 'unknown' : 'no daemon',
    pending: null,
  };
}
