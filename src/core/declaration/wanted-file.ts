import {
  type DaemonConfig,
  type ActivationDecision,
  decideActivation,
} from '../dockerd/activation/activation.js';
import { configOf } from '../dockerd/config/edit.js';
import { bytesIn } from '../dockerd/config/file.js';
import { sameMeaning } from '../dockerd/options/meaning.js';
import type { ObservedDaemon } from '../dockerd/observed/observed.js';
import type { Declaration } from './schema.js';
import { memberOf } from '../formats/json/json-object.js';
import { type Document, parseDocument } from '../formats/json/document.js';
import type { Problem } from '../formats/json/mistakes/problem.js';
import type { FileImage } from '../plan/plan.js';
import type { LastGood } from './last-good.js';

/** What is known about the daemon and its file. */
export interface DaemonSituation {
  readonly declaration: Declaration;
  /** `configPath` and `configFile` are those of the managed file. */
  readonly observed: ObservedDaemon;
  /** The file that dockerd reads instead of the managed one; null where it is the same. */
  readonly readsInstead: string | null;
  readonly lastGood: LastGood | null;
  readonly bootId: string | null;
  /** When the file was changed and by whom, as far as it can be told; '' where it cannot. */
  readonly provenance: string;
}

/** The managed file as a text that can be edited. */
export interface WantedFile {
  /** `good`: as it is; `restored`: the last good one, because the file is lost; null: nothing to go by. */
  readonly from: 'good' | 'restored' | null;
  readonly image: FileImage | null;
  readonly document: Document;
  /** Why the file as it is says nothing: gone, emptied, or not JSON. */
  readonly lost: { readonly problem: Problem | null; readonly kind: LostKind } | null;
}

type LostKind = 'missing' | 'empty' | 'unreadable';

const EMPTY: Document = { text: '', encoding: 'utf-8', root: null };

export function wantedFile({ observed, lastGood }: DaemonSituation): WantedFile {
  const { configFile, configPath } = observed;
  const bytes = bytesIn(configFile);
  const parsed = parseDocument(bytes);
  if (parsed.ok && parsed.document.root !== null)
    return { from: 'good', image: configFile, document: parsed.document, lost: null };
  const problem = parsed.ok ? null : parsed.problems[0];
  const kind = problem !== null ? 'unreadable' : configFile === null ? 'missing' : 'empty';
  const good = lastGood?.path === configPath ? documentOf(lastGood.image) : null;
  if (good !== null && lastGood !== null)
    return { from: 'restored', image: lastGood.image, document: good, lost: { problem, kind } };
  return {
    from: kind === 'unreadable' ? null : 'good',
    image: configFile,
    document: EMPTY,
    lost: kind === 'unreadable' ? { problem, kind } : null,
  };
}

/**
 * How dockerd is made to run with `after`, where its file says `current`. What it reads at start only it still has from
 * the last good file, as long as it is the same process: a file that was changed and changed back asks for no restart.
 */
export function decideFrom(
  current: DaemonConfig,
  after: DaemonConfig,
  { observed, lastGood, bootId }: DaemonSituation,
): ActivationDecision {
  const loaded = isStillLoaded(lastGood, observed.pid, bootId) ? lastGood : null;
  const good = configOf((loaded && documentOf(loaded.image)) ?? EMPTY);
  const names = [...new Set([...Object.keys(current), ...Object.keys(after)])];
  const notLoaded = names.filter((name) => {
    if (loaded === null || !sameMeaning(name, memberOf(good, name), memberOf(after, name)))
      return true;
    return (
      decideActivation(only(current, name), only(after, name), observed).activation.action !==
      'restart'
    );
  });
  const others = Object.entries(after).filter(([name]) => !notLoaded.includes(name));
  const changed = Object.entries(current).filter(([name]) => notLoaded.includes(name));
  return decideActivation(Object.fromEntries([...others, ...changed]), after, observed);
}

export function documentOf(image: FileImage): Document | null {
  const parsed = parseDocument(bytesIn(image));
  return parsed.ok && parsed.document.root !== null ? parsed.document : null;
}

function isStillLoaded(
  lastGood: LastGood | null,
  pid: number | null,
  bootId: string | null,
): boolean {
  return pid !== null && lastGood?.pid === pid && lastGood.bootId === bootId;
}

function only(config: DaemonConfig, name: string): DaemonConfig {
  const value = memberOf(config, name);
  return value === undefined ? {} : { [name]: value };
}
