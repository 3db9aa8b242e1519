import { get } from '../../formats/json/json-edit.js';
import type { KeySpec } from '../options/keys/key.js';
import { isReloadable } from '../options/keys/keys.js';
import type { KnownValue, Looked } from './looked.js';
import { valueInEvent } from './reload-event.js';
import { reportedValue } from './reported-config.js';
import type { Merged } from './said.js';

/** What this process was started with; null where nobody who knows it was asked. */
export function startedOf(key: KeySpec, looked: Looked): KnownValue | null {
  const { kind, recorded } = looked;
  // What a reload changes, the line has anew.
  const own = isReloadable(key, kind.engine) ? null : reported(key, looked);
  if (own !== null) return own;
  const ofRecord = recorded?.merged(key) ?? null;
  if (ofRecord === null) return byTimes(key, looked);
  const isOurs = looked.observed.witnesses.record?.by === 'start';
  return known(ofRecord, isOurs || isOfFlag(key, ofRecord) ? 'recorded' : 'inferred');
}

/** The same with what it re-read since. */
export function loadedOf(key: KeySpec, looked: Looked): KnownValue | null {
  const { observed, kind } = looked;
  const { reload } = observed.witnesses;
  if (key.name === DIAGNOSTIC_PORT) return diagnosticPort(looked);
  if (!isReloadable(key, kind.engine) || reload.kind === 'none') return startedOf(key, looked);
  const inEvent = reload.kind === 'seen' ? valueInEvent(key, reload.attributes) : null;
  if (inEvent !== null) return { held: inEvent, evidence: 'recorded' };
  return reported(key, looked) ?? byTimes(key, looked);
}

function reported(key: KeySpec, { observed, kind }: Looked): KnownValue | null {
  const config = observed.witnesses.reported;
  const held = config === null ? null : reportedValue(config, key.name, kind.engine);
  return held && { held, evidence: 'recorded' };
}

/** The command line is proof by itself; a file that has not changed since is so by its times only. */
function byTimes(key: KeySpec, { ifOld }: Looked): KnownValue | null {
  const old = ifOld.merged(key);
  if (old === null) return null;
  return known(old, isOfFlag(key, old) ? 'recorded' : 'inferred');
}

function isOfFlag({ name, mergeable }: KeySpec, { source }: Merged): boolean {
  return source === 'flag' && mergeable !== true && name !== 'proxies';
}

function known({ value }: Merged, evidence: KnownValue['evidence']): KnownValue {
  return { held: { value }, evidence };
}

const DIAGNOSTIC_PORT = 'network-diagnostic-port';

/** A start opens none; a reload opens the one of the file, or closes it: the line goes on to say it then. */
function diagnosticPort({ observed, document }: Looked): KnownValue | null {
  const { reload, reported: config } = observed.witnesses;
  if (reload.kind === 'none') return { held: { value: undefined }, evidence: 'recorded' };
  const port = config?.[DIAGNOSTIC_PORT];
  if (config === null || port !== get(document, [DIAGNOSTIC_PORT])) return null;
  return { held: { value: port }, evidence: 'recorded' };
}
