import { type Document, parseText } from '../../formats/json/document.js';
import { get } from '../../formats/json/json-edit.js';
import type { JsonObject } from '../../formats/json/json-object.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { engineOf } from '../options/keys/version.js';
import type { Kind } from './builtin.js';
import type { Evidence, KeyValue } from './key-state.js';
import { speechOf, type Speech } from './said.js';

/** Everything that the states of the keys are made from. */
export interface Looked {
  readonly observed: ObservedDaemon;
  readonly document: Document;
  readonly kind: Kind;
  /** What a start now would be told. */
  readonly next: Speech;
  /** What the process was told when it started, from our record of it; null without one. */
  readonly recorded: Speech | null;
  /** The same where the file has not changed since, by its times. */
  readonly ifOld: Speech;
}

/** A value, and how it is known. */
export interface KnownValue {
  readonly held: KeyValue;
  readonly evidence: Exclude<Evidence, 'unknown' | 'no daemon'>;
}

export function lookAt(observed: ObservedDaemon, document: Document): Looked {
  const { argv, witnesses } = observed;
  const kind = kindOf(observed);
  const { engine } = kind;
  const file = get(document, []) as JsonObject;
  const { environment, startEnvironment, record, fileIsOlder } = witnesses;
  const variables = new Map([...startEnvironment].map(([name, { value }]) => [name, value]));
  const words = startArgv(observed);
  const startedWith = record === null ? null : configIn(record.startedWith);
  return {
    observed,
    document,
    kind,
    next: speechOf({ file, argv: words, environment: variables, engine }),
    recorded: startedWith && speechOf({ file: startedWith, argv, environment, engine }),
    ifOld: speechOf({ file: fileIsOlder === true ? file : null, argv, environment, engine }),
  };
}

export function kindOf(observed: ObservedDaemon): Kind {
  const { version, flavour } = observed;
  return {
    engine: engineOf(version),
    rootless: flavour === 'rootless',
    cgroupDriver: driverOf(observed),
    cgroupVersion:
      typeof observed.info?.CgroupVersion === 'string' ? observed.info.CgroupVersion : null,
  };
}

/** systemd's own specifiers are not ours to expand, and a wrapper's child has the wrapper's flags: those of today stay. */
function startArgv({ startWords, argv }: ObservedDaemon): readonly string[] {
  const words = startWords.map(({ word }) => word);
  const readable = /(?:^|\/)dockerd$/.test(words[0] ?? '');
  return readable && !words.some((word) => word.includes('%')) ? words : argv;
}

/** moby daemon_unix.go, UsingSystemd: on cgroup v2, where systemd runs. */
function driverOf({ info, manager, flavour }: ObservedDaemon): string | null {
  if (flavour === 'rootless' || info === null) return null;
  if (info.CgroupVersion === '2') return manager.kind === 'systemd' ? 'systemd' : null;
  return info.CgroupVersion === '1' ? 'cgroupfs' : null;
}

function configIn(text: string | null): JsonObject | null {
  if (text === null) return {};
  const parsed = parseText(text);
  return parsed.ok ? (get(parsed.document, []) as JsonObject) : null;
}
