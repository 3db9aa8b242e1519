import { DockerctlError } from '../../../errors.js';
import { get, set } from '../../formats/json/json-edit.js';
import type { Document } from '../../formats/json/document.js';
import type { Json, JsonObject } from '../../formats/json/json-object.js';
import type { FileImage } from '../../plan/plan.js';
import { printable } from '../../text/printable.js';
import { configSet, goBoolean } from '../options/config-set.js';
import { type DaemonFlags, flagConflicts, parseFlags } from '../options/flags.js';
import { documentIn, documentOf } from '../activation/documents.js';
import { type ReloadHazard, reloadHazards } from '../activation/hazards.js';
import { changedIdentity, IMAGE_STORE, statesWith, unknownIdentity } from './identity.js';
import { DEFAULT_BRIDGE_KEYS } from '../options/keys/effects.js';
import { sameMeaning } from '../options/meaning.js';
import type { ObservedDaemon, RunningContainer } from '../observed/observed.js';
import { engineOf } from '../options/keys/version.js';

/** The texts of daemon.json around a restart with live-restore switched on. null is no file. */
export interface InterimTexts {
  /** With live-restore: dockerd reloads it, and is then restarted with it. */
  readonly on: string;
  /** What the dockerd of before the restart reloads in its place: the text that it was started with, with live-restore. */
  readonly first?: string;
  /** Without: a reload of this switches live-restore off again, which taking the key away would not. */
  readonly off: string;
  /** As the plan wants it. Equal to `on` or `off` where the file names the key itself. */
  readonly end: string | null;
  /** On the way back from a reload: takes back by reload what `end` is silent about. */
  readonly reset?: string;
}

/** How containers get to the new file, and how they get back to the old one if it fails. */
export interface LiveRestore {
  readonly forth: InterimTexts;
  readonly back: InterimTexts;
}

/** daemon.json before and after a restart; null is no file. */
export interface Restart {
  readonly before: FileImage | null;
  readonly after: FileImage | null;
  readonly containers: 'keep' | 'stop';
  /** Keys of the default bridge that it is for, also where the file has them already. */
  readonly emptyStart?: readonly string[];
}

const KEY = 'live-restore';

/**
 * How the running containers outlive a restart of dockerd with another daemon.json, or a start of one that is down while
 * they run. null: no interim config is needed, because there is nothing to keep, or because live-restore is on before and
 * after.
 * @throws containers-would-stop, with the containers and why they cannot be kept; not-permitted where only root sees them
 */
export function planLiveRestore(observed: ObservedDaemon, restart: Restart): LiveRestore | null {
  if (restart.containers === 'stop') return null;
  const runs = observed.state === 'running';
  if (observed.forbidden) throw closed();
  if (runs && observed.info === null) throw wouldStop(observed, [UNSEEN]);
  if (observed.containers.length === 0) return null;
  const before = documentIn(restart.before);
  const after = documentIn(restart.after);
  if (before === null || after === null) throw wouldStop(observed, [UNREADABLE]);
  const situation: LiveRestoreFacts = {
    ...{ observed, before, after, flags: parseFlags(observed.argv) },
    emptyStart: restart.emptyStart ?? [],
  };
  const isOnNow = runs ? observed.info?.LiveRestoreEnabled === true : isOn(situation, before);
  const isOnAnyway = isOnNow && isOn(situation, before) && isOn(situation, after);
  const harm = isOnAnyway ? [] : harmOfReload(situation);
  const obstacles = [
    ...OBSTACLES.flatMap((obstacle) => obstacle(situation) ?? []),
    ...harm.map(({ reason }) => reason ?? ''),
  ];
  if (obstacles.length > 0)
    throw wouldStop(
      observed,
      obstacles,
      harm.length === obstacles.length && harm.every(isOnRequest),
    );
  if (isOnAnyway) return null;
  const { forth, back } = bothWays({ before, after }, restart);
  return { forth: conflicts(situation) ? { ...forth, first: back.on } : forth, back };
}

/** The texts with which a restart spares containers there and back; null where a file is no strict JSON. */
export function interimTextsOf(restart: Pick<Restart, 'before' | 'after'>): LiveRestore | null {
  const before = documentIn(restart.before);
  const after = documentIn(restart.after);
  return before === null || after === null ? null : bothWays({ before, after }, restart);
}

function bothWays(
  { before, after }: Pick<LiveRestoreFacts, 'before' | 'after'>,
  restart: Pick<Restart, 'before' | 'after'>,
): LiveRestore {
  const forth = texts(after, restart.after && after.text);
  const back = texts(before, restart.before && before.text);
  // The dockerd that is to be restored was started with that.
  return { forth, back: { ...back, first: forth.on } };
}

/** The interim texts on the way back to a daemon.json that dockerd has run with; null is no file. */
export function interimTextsFor(text: string | null): InterimTexts | null {
  const document = documentOf(text ?? '');
  return document === null ? null : texts(document, text);
}

/** Every text that may stand in daemon.json for a moment, so that whoever finds it knows it for ours. */
export function allInterimTexts({ forth, back }: LiveRestore): string[] {
  const { reset } = back;
  return [forth.on, forth.off, back.on, back.off, ...(reset === undefined ? [] : [reset])];
}

/** dockerd refuses to reload a key that it has as a flag (moby daemon/config, findConfigurationConflicts). */
function conflicts({ observed, after, flags }: LiveRestoreFacts): boolean {
  const engine = engineOf(observed.version);
  const names = configSet(new Map(Object.entries(get(after, []) as JsonObject)), engine).keys();
  return flagConflicts(names, flags, engine).length > 0;
}

function texts(document: Document, end: string | null): InterimTexts {
  return { on: set(document, [KEY], true).text, off: set(document, [KEY], false).text, end };
}

interface LiveRestoreFacts {
  readonly observed: ObservedDaemon;
  readonly before: Document;
  readonly after: Document;
  readonly flags: DaemonFlags;
  readonly emptyStart: readonly string[];
}

type Obstacle = (situation: LiveRestoreFacts) => string | readonly string[] | null;

const OBSTACLES: readonly Obstacle[] = [
  ({ observed }) =>
    observed.containersOutlive ? null : 'the unit ends all containers together with dockerd',
  ({ observed }) => {
    const swarm = swarmState(observed.info);
    return swarm === 'inactive' || swarm === ''
      ? null
      : 'live-restore does not work with swarm mode';
  },
  ({ flags }) =>
    goBoolean(flags.flags.get(KEY)?.values.at(-1)) === false
      ? 'a flag of dockerd says --live-restore=false'
      : null,
  changesIdentity,
  ({ before, after, emptyStart }) =>
    DEFAULT_BRIDGE_KEYS.filter(
      (key) => emptyStart.includes(key) || !sameMeaning(key, get(before, [key]), get(after, [key])),
    ).map(
      (key) => `dockerd leaves the default bridge, and so ${key}, as it is while containers run`,
    ),
];

/** On the way there, and on the way back to a file that may say what dockerd has not. */
function changesIdentity({ observed, before, after }: LiveRestoreFacts): string[] {
  const next = statesWith(observed, after);
  const old = before.text === after.text ? next : statesWith(observed, before);
  const there = changedIdentity(observed, { before, after }, next);
  const back = changedIdentity(observed, { before, after: before }, old);
  const changed = [...new Set([...there, ...back])];
  const unknown = unknownIdentity(observed, after, next).filter((key) => !changed.includes(key));
  return [
    ...changed.map((key) =>
      back.includes(key)
        ? `live-restore does not survive a change of ${key}, which is written and not in force yet`
        : `live-restore does not survive a change of ${key === IMAGE_STORE ? `the image store (${key})` : key}`,
    ),
    ...unknown.map(
      (key) =>
        `live-restore does not survive a change of ${key}, and nothing tells whether dockerd was started with what is written`,
    ),
  ];
}

/** Live-restore is switched by reloads. */
function harmOfReload({ observed, after, flags }: LiveRestoreFacts): ReloadHazard[] {
  return reloadHazards({
    after: get(after, []) as JsonObject,
    engine: engineOf(observed.version),
    flags,
    hostGatewayUsers: observed.hostGatewayUsers,
    shimRuntimeUsers: observed.shimRuntimeUsers,
  }).filter(({ action }) => action === 'restart');
}

function isOnRequest({ onRequest }: ReloadHazard): boolean {
  return onRequest === true;
}

function isOn({ flags }: LiveRestoreFacts, document: Document): boolean {
  return flags.flags.has(KEY) || get(document, [KEY]) === true;
}

function swarmState(info: ObservedDaemon['info']): string {
  const swarm = info?.Swarm as { readonly LocalNodeState?: Json } | undefined;
  return typeof swarm?.LocalNodeState === 'string' ? swarm.LocalNodeState : '';
}

function closed(): DockerctlError {
  return new DockerctlError({
    code: 'not-permitted',
    message: "dockerd's socket is closed to this user, so its containers cannot be seen and kept",
    hint: 'run it again with sudo',
  });
}

const UNSEEN = 'dockerd does not answer, so its containers cannot be seen';
const UNREADABLE = 'daemon.json is not strict JSON, so live-restore cannot be switched on in it';

function wouldStop(
  observed: ObservedDaemon,
  reasons: readonly string[],
  isAboutReload = false,
): DockerctlError {
  const { containers } = observed;
  const list = containers.map(describe).join(', ');
  return new DockerctlError({
    code: 'containers-would-stop',
    message: `a restart of dockerd would stop ${list === '' ? 'its containers' : list}: ${reasons.join('; ')}`,
    hint: isAboutReload
      ? 'let them stop with `--containers stop`, reload all the same with `--activate reload` where that is enough, or only write the file with `--activate never`'
      : 'let them stop with `--containers stop`, or only write the file with `--activate never`',
    details: { containers, reasons },
  });
}

function describe({ name, restartPolicy }: RunningContainer): string {
  return `${printable(name)} (restart policy ${printable(restartPolicy)})`;
}
