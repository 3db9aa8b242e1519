import type { Generation } from './history.js';

/** A daemon.json that a plan leads to, and the dockerd that would read it. */
export interface RefusedConfig {
  readonly path: string;
  readonly sha256: string;
  readonly version: string | null;
}

/**
 * The change with which this very dockerd refused this very file, if that was the last time it was tried: trying it again
 * would only stop dockerd again. Another version, or a success since, lifts it, and so does whoever lets refusals be
 * forgotten up to and with the change `forgiven`.
 * @param history newest first
 */
export function refusedBefore(
  history: Iterable<Generation>,
  { path, sha256, version }: RefusedConfig,
  forgiven: number,
): Generation | null {
  for (const last of history) {
    if (last.generation <= forgiven) return null;
    const tried = last.targets.some(
      ({ path: changed, before, after }) =>
        changed === path && after?.sha256 === sha256 && before?.sha256 !== sha256,
    );
    const by = last.result.refusedBy;
    if (tried) return by !== null && by === version ? last : null;
  }
  return null;
}
