import type { Document } from '../../formats/json/document.js';
import type { Expectation } from '../../plan/plan.js';
import type { Json } from '../../formats/json/json-object.js';
import { configOf } from './edit.js';
import { unmetExpectations } from '../activation/expectation.js';
import { parseFlags } from '../options/flags.js';
import { isKnown, keyNamed, KEYS } from '../options/keys/keys.js';
import { isBlank } from '../options/meaning.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { expectationsOf } from '../activation/proof.js';
import { engineOf, type EngineVersion } from '../options/keys/version.js';

/** A key that the running daemon uses otherwise than its file says: a reload or restart is pending. */
export interface PendingKey {
  readonly key: string;
  /** What the file says; null when it says nothing and dockerd's default should be in force. */
  readonly value: Json;
  /** Where file and daemon part, a sentence each. */
  readonly differences: readonly string[];
}

export interface Comparison {
  readonly pending: readonly PendingKey[];
  /** Keys of the file that no running dockerd shows. */
  readonly unseen: readonly string[];
}

/** Holds daemon.json against what /info of the running daemon shows; nothing is known without that. */
export function compareWithRunning(observed: ObservedDaemon, document: Document): Comparison {
  const { info } = observed;
  const engine = engineOf(observed.version);
  const config = configOf(document);
  if (info === null) return { pending: [], unseen: Object.keys(config) };
  const { flags } = parseFlags(observed.argv);
  const judged = KEYS.filter(
    (key) =>
      isKnown(key, engine) && (Object.hasOwn(config, key.name) || !flags.has(key.flag ?? key.name)),
  ).map((key) => ({
    key: key.name,
    value: config[key.name] ?? null,
    shown: shownOf(key.name, isBlank(key, config[key.name]) ? undefined : config[key.name], engine),
  }));
  const seen = new Set(judged.flatMap(({ key, shown }) => (shown.length === 0 ? [] : [key])));
  return {
    pending: judged
      .map(({ key, value, shown }) => ({
        key,
        value,
        differences: unmetExpectations(shown, { info, reloadEvent: null }),
      }))
      .filter(({ differences }) => differences.length > 0),
    unseen: Object.keys(config).filter((key) => !seen.has(key)),
  };
}

/** Clocks of file systems tick coarsely. */
const SLACK_MS = 100;

/** When dockerd last read its file, and when that was changed last; null where that is not known. */
export interface FileTimes {
  readonly toldAt: number | null;
  readonly changedAt: number | null;
}

/**
 * Keys that no /info shows, of a file that was changed after dockerd had read it: perhaps they are not in force. What is
 * no key of dockerd never is.
 */
export function untoldKeys(
  { pending, unseen }: Comparison,
  { toldAt, changedAt }: FileTimes,
): readonly string[] {
  const untold = changedAt !== null && toldAt !== null && changedAt > toldAt + SLACK_MS;
  return untold && pending.length === 0
    ? unseen.filter((name) => keyNamed(name) !== undefined)
    : [];
}

function shownOf(name: string, after: Json | undefined, engine: EngineVersion): Expectation[] {
  return expectationsOf({ name, before: undefined, after, engine, action: 'restart' }).filter(
    ({ kind }) => kind === 'info',
  );
}
