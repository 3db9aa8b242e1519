import type { Json } from '../../../formats/json/json-object.js';
import type { EngineRange } from './version.js';

/**
 * The JSON a value must be for Go's decoder. `integer` is an int that may be negative; `unsigned` may not.
 * Names inside `fields` are matched without regard to case, as encoding/json does, and unknown ones are ignored.
 */
export type Shape =
  | 'boolean'
  | 'integer'
  | 'unsigned'
  | 'string'
  | { readonly list: Shape }
  | { readonly map: Shape }
  | {
      readonly fields: Readonly<Record<string, Shape>>;
      /** Engines whose type has an UnmarshalJSON of its own that begins with an empty struct: given twice, the last counts, null too. */
      readonly anew?: EngineRange;
    };

export const STRINGS: Shape = { list: 'string' };

/** What `systemctl reload` does with the key (moby daemon/reload.go, reload_unix.go). */
export interface ReloadRule {
  /** Engines that re-read the key; default: all that know it. */
  readonly engines?: EngineRange;
  /**
   * What becomes of the running value when the file no longer has the key:
   * it `sticks` until a restart, `resets` to the default, or is `replaced` by nothing.
   */
  readonly absent: 'sticks' | 'resets' | 'replaced';
  /** The value to write where absence sticks; undefined where no value clears it. */
  readonly clear?: Json;
  /** Members of the object that dockerd reads at start only. */
  readonly startOnly?: readonly string[];
}

/** How dockerd shows the value it uses. `engines` where it does not always. */
export type ShownBy =
  | {
      /** RFC 6901 pointer into GET /info. */
      readonly info: string;
      readonly as: InfoForm;
      readonly engines?: EngineRange;
    }
  | {
      /** Attribute of the `daemon reload` event. */
      readonly event: string;
      readonly as: 'text' | 'bytes' | 'go-map';
      readonly engines?: EngineRange;
    };

/**
 * `same`: the value itself; `members`: each element of the list, in any order; `names`: the names of the object;
 * the others are named for what dockerd makes of the value.
 */
export type InfoForm =
  | 'same'
  | 'members'
  | 'names'
  | 'mirrors'
  | 'insecure'
  | 'cgroup-driver'
  | 'pools'
  | 'security-option';

export interface KeySpec {
  readonly name: string;
  readonly shape: Shape;
  /** null is refused, which elsewhere counts as no value. */
  readonly notNull?: boolean;
  /** Engines whose configuration file has the key; default: all. Elsewhere it is an unknown key. */
  readonly engines?: EngineRange;
  /** Engines that accept the key and do nothing with it. */
  readonly ignored?: EngineRange;
  /** The command-line flag without dashes where it is not the key's own name; null where there is none. */
  readonly flag?: string | null;
  /** Engines whose dockerd has the flag, where that differs from `engines`. */
  readonly flagEngines?: EngineRange;
  readonly short?: string;
  /** The flag may be given beside the key (moby config.go, skipDuplicates). */
  readonly mergeable?: boolean;
  /** dockerd keeps the list as a set: order and repetition mean nothing. */
  readonly set?: boolean;
  /** 0 is a value of its own; elsewhere dockerd takes 0 for absent (moby config.go, mergo). */
  readonly zeroCounts?: boolean;
  /** What dockerd uses at start when the key is absent, where that is the same for every engine and host. */
  readonly default?: Json;
  /** A value that every engine takes, as it is typed, where there is no default and not every value of the type will do. */
  readonly example?: number | string;
  /** Absent: the key is read at start only. */
  readonly reload?: ReloadRule;
  readonly proof?: ShownBy;
}
