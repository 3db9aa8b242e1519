import { basename } from 'node:path';
import { argvFlags } from '../options/argv.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { inRange, parseVersion } from '../options/keys/version.js';

/**
 * How this dockerd is asked for its verdict on the file at `path`, with the flags it would be started with, so that
 * conflicts between both show. Null where it cannot be asked: before 23.0 there is no `--validate`, and with userns-remap it may
 * create users (moby cmd/dockerd/daemon.go verifies by loading).
 */
export function validationArgv(
  { startWords, version }: ObservedDaemon,
  { candidate, path }: { readonly candidate: Uint8Array; readonly path: string },
): [string, ...string[]] | null {
  const argv = startWords.map(({ word }) => word);
  const [program, ...words] = argv;
  const engine = parseVersion(version ?? '');
  if (program === undefined || basename(program) !== 'dockerd' || engine === null) return null;
  if (!inRange(engine, '23.0.0..')) return null;
  if (argvFlags(argv).some(({ name }) => name === '--userns-remap')) return null;
  if (Buffer.from(candidate).includes('userns-remap')) return null;
  const flags = words.filter(
    (word, index) => !word.startsWith('--config-file') && words[index - 1] !== '--config-file',
  );
  return [program, ...flags, '--validate', '--config-file', path];
}

/** dockerd's own words about the candidate, its path put right; of its command line it says `Status: …, Code: 125` (docker/cli, StatusError). */
export function dockerdsWords(
  stderr: string,
  { path, configPath }: { readonly path: string; readonly configPath: string },
): string {
  const ended = /, Code: \d+\s*$/.test(stderr);
  const status = ended ? /(?:^|\n)Status: ([^\n]+)/.exec(stderr)?.[1] : undefined;
  const lines = (status ?? stderr).split('\n').filter((line) => line.trim() !== '');
  return (lines.at(-1) ?? 'it does not say why').replaceAll(path, configPath).trim();
}
