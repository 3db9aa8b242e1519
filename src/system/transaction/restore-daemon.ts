import type { Undo } from '../../core/dockerd/config/undo.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { differences } from '../../core/transaction/as-before.js';
import {
  daemonBesideConcurrentEdit,
  downOnConcurrentEdit,
  leftAlone,
  startedOnConcurrentEdit,
} from '../../core/transaction/concurrent-edit.js';
import {
  chooseRestore,
  type RestoreChoice,
  type Told,
} from '../../core/transaction/restore-choice.js';
import { notRestored, stranded } from '../../core/transaction/rollback-error.js';
import {
  type ConfigPair,
  keptBlock,
  movesBridge,
} from '../../core/dockerd/activation/bridge-reset.js';
import { bridgeStays } from '../../core/transaction/as-before.js';
import type {
  BridgeReset,
  DaemonController,
  InterimConfig,
} from '../dockerd/control/controller.js';

/** dockerd, and how it is to be restored. */
interface DaemonRestore {
  /** As it was before the change, where that is known. */
  readonly observed: ObservedDaemon;
  /** Sees it as it is now. */
  readonly look: () => Promise<ObservedDaemon>;
  readonly told: Omit<Told, 'interim'>;
  readonly undo: Undo;
  /** Milliseconds that are left for it. */
  readonly left: () => number;
  /** The texts that daemon.json may hold on the way; null where its old text allows none. */
  readonly interimConfig: InterimConfig | null;
  /** Whether it holds the one with live-restore. */
  readonly interim: boolean;
  /** Where the change may have moved docker0. */
  readonly bridge?: BridgeBack;
  /** Files that somebody else wrote meanwhile. */
  readonly kept: readonly string[];
  /** Whether containers may run on without dockerd. */
  readonly outliving: boolean;
}

/** From the address of docker0 that the change brought to that of before. */
export interface BridgeBack {
  readonly configs: ConfigPair;
  readonly reset: BridgeReset;
}

/** How dockerd is restored, decided while the new files are still there. */
export interface PreparedRestore {
  /** Whether daemon.json is to hold the interim text with live-restore first, and not its old text. */
  readonly interim: boolean;
  /** Once the old files are back, but for `kept`, which others wrote. Answers what is not as before, a sentence each. */
  readonly restore: (kept: readonly string[]) => Promise<readonly string[]>;
}

/** `seen`: dockerd as it is now, where somebody has just looked. */
export async function prepareRestore(
  daemon: DaemonController,
  back: Omit<DaemonRestore, 'kept' | 'interim'>,
  seen: ObservedDaemon | null = null,
): Promise<PreparedRestore> {
  const { interimConfig, told } = back;
  const now = seen ?? (interimConfig === null ? null : await back.look().catch(() => null));
  const interim =
    interimConfig !== null &&
    now !== null &&
    chooseRestore(now, { ...told, interim: true }) === 'live-restore-restart';
  return { interim, restore: (kept) => restoreDaemon(daemon, { ...back, interim, kept }) };
}

/**
 * Makes dockerd run as before on the old files, by no more than what it was told of the change with. A reload keeps values
 * that the old file does not name (moby daemon/reload.go asks IsValueSet): where that shows, it is said.
 * Where its daemon.json is somebody else's by now, a dockerd that runs is left alone.
 * @returns what a look at it then shows that is not as before the change, a sentence each
 */
async function restoreDaemon(
  daemon: DaemonController,
  back: DaemonRestore,
): Promise<readonly string[]> {
  const { observed, interimConfig, interim, told } = back;
  if (back.kept.includes(observed.configPath)) return await keepConcurrentEdit(daemon, back);
  const now = await back.look();
  const choice = chooseRestore(now, { ...told, interim });
  if (interim && choice !== 'live-restore-restart') interimConfig?.write(interimConfig.texts.end);
  await carryOut(daemon, back, { now, choice });
  const keeps = choice === 'reload' ? await keptByReload(daemon, back) : [];
  const after = await back.look();
  const restarted = told.action === 'restart' || choice === 'restart';
  const block = back.bridge === undefined ? null : keptBlock(after, back.bridge.configs);
  return [
    ...keeps,
    ...differences(observed, after, restarted),
    ...(block === null ? [] : [bridgeStays(block, after)]),
  ];
}

async function carryOut(
  daemon: DaemonController,
  { observed, told, undo, left, interimConfig, bridge }: DaemonRestore,
  { now, choice }: { readonly now: ObservedDaemon; readonly choice: RestoreChoice },
): Promise<void> {
  if (choice === 'none') return;
  if (choice === 'unanswering' || choice === 'would-stop') throw notRestored(now, choice);
  const kept = choice === 'restart' ? null : interimConfig;
  const { dependents } = undo;
  try {
    const action = choice === 'reload' ? 'reload' : 'restart';
    const switchOff = now.info?.LiveRestoreEnabled === true && !told.liveRestore;
    await daemon.restore(observed, {
      ...{ action, timeoutMs: left(), interimConfig: kept, dependents },
      switchOff,
      ...(bridge !== undefined &&
        choice === 'restart' &&
        movesBridge(now, bridge.configs, told.containers) && { bridgeReset: bridge.reset }),
    });
  } catch (error) {
    throw stranded(error, {
      containers: observed.containers.map(({ name }) => name),
      inDanger:
        choice === 'live-restore-restart' &&
        interimConfig !== null &&
        interimConfig.texts.end !== interimConfig.texts.on,
      dependents: told.action === 'restart' ? dependents : [],
    });
  }
}

async function keptByReload(
  daemon: DaemonController,
  { observed, undo }: DaemonRestore,
): Promise<string[]> {
  if (undo.action !== 'restart') return [];
  const unmet = await daemon.unmet(observed, undo.expect);
  return unmet.map((what) => `until its next restart dockerd keeps a value of the change: ${what}`);
}

async function keepConcurrentEdit(
  daemon: DaemonController,
  back: DaemonRestore,
): Promise<readonly string[]> {
  const { observed, undo, left, outliving } = back;
  const { dependents } = undo;
  const now = await back.look();
  const containers = observed.containers.map(({ name }) => name);
  switch (daemonBesideConcurrentEdit(now, outliving)) {
    case 'leave':
      return [leftAlone(now.configPath)];
    case 'strand':
      throw stranded(downOnConcurrentEdit(now), { containers, inDanger: true, dependents });
    case 'start':
      await daemon
        .restore(observed, {
          action: 'restart',
          timeoutMs: left(),
          interimConfig: null,
          dependents,
        })
        .catch((error: unknown) => {
          throw stranded(error, { containers, inDanger: false, dependents });
        });
      return [startedOnConcurrentEdit(now.configPath)];
  }
}
