import { DockerctlError } from '../../errors.js';
import { parseDocument } from '../formats/json/document.js';
import { bytesIn } from '../dockerd/config/file.js';
import { keepsContainers } from '../dockerd/restart/keeps-containers.js';
import type { ObservedDaemon } from '../dockerd/observed/observed.js';

/**
 * How a rollback treats dockerd when somebody else has edited daemon.json meanwhile. `leave`: it runs; their edit is not
 * activated unasked. `start`: it is down because of the change. `strand`: it is down, and a start on their file would stop
 * the containers that run without it.
 */
export type DaemonChoice = 'leave' | 'start' | 'strand';

/**
 * @param now dockerd and its file as they are
 * @param outliving whether containers may run on without dockerd
 */
export function daemonBesideConcurrentEdit(now: ObservedDaemon, outliving: boolean): DaemonChoice {
  if (now.state === 'running') return 'leave';
  return outliving && !keepsContainers(now, bytesIn(now.configFile)) ? 'strand' : 'start';
}

/** What is said of files that others wrote while a change was in force; nothing where there are none. */
export function keptSentences(kept: readonly string[]): string[] {
  return kept.map((path) => `${path} is somebody else's by now and was kept`);
}

/** What is not as before a change that was taken back. */
export interface Left {
  /** Of dockerd, a sentence each. */
  readonly pending: readonly string[];
  /** The files that others wrote meanwhile. */
  readonly kept: readonly string[];
}

export function leftSentences({ kept, pending }: Left): string[] {
  return [...keptSentences(kept), ...pending];
}

/** Of a dockerd that runs on, whatever their daemon.json says. */
export function leftAlone(path: string): string {
  return `dockerd was left alone: it runs as it did, and reads ${path} when it starts next; see \`dockerctl status\`; \`dockerctl daemon restart\` puts that file in force`;
}

/** Of a dockerd that we had stopped. */
export function startedOnConcurrentEdit(path: string): string {
  return `dockerd had been stopped for the change, and was started on ${path} as it is now`;
}

/** Of one that stays down, because containers run on without it. */
export function downOnConcurrentEdit({ configPath, configFile }: ObservedDaemon): DockerctlError {
  const broken = parseDocument(bytesIn(configFile)).ok ? '' : ', is no valid JSON';
  return new DockerctlError({
    code: 'daemon-down',
    message: `dockerd is down; ${configPath} is somebody else's by now${broken} and was kept`,
    hint: 'fix that file, then `dockerctl daemon restart`',
  });
}
