import { parseDeclaration } from '../../src/core/declaration/declaration.js';
import type { DaemonSituation } from '../../src/core/declaration/wanted-file.js';
import type { ObservedDaemon } from '../../src/core/dockerd/observed/observed.js';
import type { Json } from '../../src/core/formats/json/json-object.js';
import { imageOf } from './doctor-facts.js';
import { observedDaemon } from './observed-daemon.js';

/** What is declared of dockerd, and what there is of it. */
export interface DeclaredDaemon {
  readonly declared: string;
  readonly file: string | null;
  readonly info?: Record<string, Json> | null;
  readonly good?: string;
  readonly goodPid?: number;
  readonly observed?: Partial<ObservedDaemon>;
  readonly readsInstead?: string;
}

/** dockerd answers as `info`; null: it does not. */
export function situationOf({
  declared,
  file,
  info = null,
  good,
  ...rest
}: DeclaredDaemon): DaemonSituation {
  return {
    declaration: parseDeclaration([{ path: '/d', text: declared }]),
    observed: observedDaemon({
      configFile: file === null ? null : imageOf(file),
      info,
      ...rest.observed,
    }),
    readsInstead: rest.readsInstead ?? null,
    lastGood:
      good === undefined
        ? null
        : {
            path: '/etc/docker/daemon.json',
            image: imageOf(good),
            pid: rest.goodPid ?? 4711,
            bootId: 'boot',
          },
    bootId: 'boot',
    provenance: '',
  };
}
