import type { Json } from '../formats/json/json-object.js';
import { redactText } from '../text/redact.js';

/**
 * The content of a file inside a plan. `text` where the bytes are valid UTF-8 (a BOM stays as U+FEFF), else `base64`.
 * A private key is never in a plan: it is named by its SHA-256 and its bytes travel beside the plan, in `Secrets`.
 */
export type Content =
  | { readonly text: string }
  | { readonly base64: string }
  | { readonly secret: string; readonly size: number };

/** The bytes of the secrets a plan names, by lower-case hex SHA-256. Lives in memory only. */
export type Secrets = ReadonlyMap<string, Uint8Array>;

/** A regular file as it is or shall be. */
export interface FileImage {
  readonly content: Content;
  /** Permission bits, 0o000 to 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** One file of a plan: `before` null creates it, `after` null deletes it. */
export interface FileChange {
  /** Absolute, below `--root`. May be a symbolic link: the target is edited. */
  readonly path: string;
  readonly before: FileImage | null;
  readonly after: FileImage | null;
}

/** How much dockerd must be bothered. Ordered: none < reload < restart. */
export type ActivationAction = 'none' | 'reload' | 'restart';

export interface Activation {
  readonly action: ActivationAction;
  /** Why this action and no cheaper one, a sentence a key. */
  readonly reasons: readonly string[];
  /** A reload would do, and do the harm that the reasons name: it is done only where it is asked for. */
  readonly harmfulReload?: boolean;
  /** Keys of the default bridge among those that ask for it: a start with running containers leaves them as they are. */
  readonly emptyStart?: readonly string[];
}

/** A tool that turns our files into what others read (update-ca-certificates). Run after the files, also when undoing. */
export interface RefreshCommand {
  readonly argv: readonly [string, ...string[]];
  readonly reason: string;
}

/** What must be observable once the plan is applied. Plain data: the agent checks the same list later. */
export type Expectation =
  /** A field of the engine's /info (`pointer` is an RFC 6901 JSON Pointer). Lists compare by `match`. */
  | {
      readonly kind: 'info';
      readonly pointer: string;
      readonly match: 'equals' | 'includes' | 'excludes';
      readonly value: Json;
      /** The daemon.json key it proves. */
      readonly key: string;
    }
  /** An attribute of the engine's `daemon reload` event (moby daemon/reload.go), compared as a string. */
  | {
      readonly kind: 'reload-event';
      readonly attribute: string;
      readonly value: string;
      readonly key: string;
    }
  /** A registry answers a TLS handshake and GET /v2/ with the trust dockerd would use. */
  | { readonly kind: 'registry'; readonly registry: string }
  /** A server of this machine presents this very certificate: proved after `refresh`, without judging its trust. */
  | ServedCertificate;

export interface ServedCertificate {
  readonly kind: 'served-certificate';
  readonly host: string;
  readonly port: number;
  /** SHA-256 of its DER, lower-case hex. */
  readonly fingerprint: string;
}

/** What shall change on the machine. Plain data: can be saved, shown, applied and undone. */
export interface Plan {
  /** The command line's intent in the words of the operator: `mirrors set https://mirror.example.com`. */
  readonly title: string;
  /** In the order of application; undone in reverse. Trust material first, daemon.json last. */
  readonly changes: readonly FileChange[];
  /** Folders that were ours alone and shall go when they are empty after the changes, innermost first. */
  readonly prune: readonly string[];
  readonly refresh: readonly RefreshCommand[];
  readonly activation: Activation;
  readonly expect: readonly Expectation[];
  /** What the operator should know: a stripped scheme, a key that needs a restart, comments moved to a side file. */
  readonly notes: readonly string[];
}

export const NO_ACTIVATION: Activation = { action: 'none', reasons: [] };

/** A plan of these parts; what is left out is left alone. History and journal keep its title: no password stands in it. */
export function createPlan(title: string, parts: Partial<Omit<Plan, 'title'>>): Plan {
  return {
    title: redactText(title),
    changes: [],
    prune: [],
    refresh: [],
    activation: NO_ACTIVATION,
    expect: [],
    notes: [],
    ...parts,
  };
}

export function isEmpty(plan: Plan): boolean {
  return (
    plan.changes.length === 0 && plan.activation.action === 'none' && plan.refresh.length === 0
  );
}

/** The change that makes a file of ours this text; none where it is. One that is there keeps its rights. */
export function fileOf(path: string, text: string, before: FileImage | null): FileChange[] {
  if (before !== null && 'text' in before.content && before.content.text === text) return [];
  const { mode, uid, gid } = before ?? { mode: 0o644, uid: 0, gid: 0 };
  return [{ path, before, after: { content: { text }, mode, uid, gid } }];
}

/** The plan that puts back what `plan` changed. It proves nothing of its own: `expect` is empty. */
export function invert(plan: Plan): Plan {
  return {
    ...plan,
    title: `undo: ${plan.title}`,
    changes: plan.changes
      .map(({ path, before, after }) => ({ path, before: after, after: before }))
      .reverse(),
    expect: [],
    notes: [],
  };
}

/** Our own record of what a plan replaces, beside history: no news to people, who see the files themselves. */
export function isRecord({ path }: Pick<FileChange, 'path'>): boolean {
  return path.includes('/dockerctl/replaced/');
}
