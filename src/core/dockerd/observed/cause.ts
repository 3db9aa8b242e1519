import { printable } from '../../text/printable.js';
import { parseLogLine, type LogLine } from './log-line.js';

/**
 * Why dockerd did not start, in its own words: the line it died with, else its first error. `lines` are the messages that
 * dockerd wrote during the start, oldest first. null when it said nothing of use.
 */
export function causeOfFailedStart(lines: readonly string[]): string | null {
  const parsed = lines.map(parseLogLine);
  const last = parsed.find(isLastWord) ?? parsed.find(isError);
  return last === undefined ? null : sentence(last);
}

/**
 * What a dockerd that hangs waits for: `Unable to locate plugin: nope, retrying in 4s`. Its other warnings are about what it
 * starts without (`WARNING: No io.max (wiops) support`), and are the cause of nothing.
 */
export function lastWait(lines: readonly string[]): string | null {
  const last = lines
    .map(parseLogLine)
    .findLast(
      ({ level, message }) => level === 'error' || (level === 'warning' && WAITS.test(message)),
    );
  return last === undefined ? null : sentence(last);
}

const WAITS = /retry|waiting|timed? ?out|unable to locate/i;

/**
 * Why dockerd refused to reload, in its own words; null while nothing says so. On 28.0 and later "Reloaded configuration"
 * follows an error all the same (moby cmd/dockerd/daemon.go reloadConfig), so only the error lines count.
 */
export function causeOfRefusedReload(lines: readonly string[]): string | null {
  const parsed = lines.map(parseLogLine);
  const start = parsed.findIndex(({ message }) => message.startsWith('Got signal to reload'));
  if (start < 0) return null;
  const error = parsed.slice(start + 1).find(isError);
  return error === undefined ? null : sentence(error);
}

const MOST_QUOTED = 1000;

/** Plain lines with which moby's cmd/dockerd ends; warnings about the terminal and the help hint are not among them. */
const LAST_WORDS =
  /^(failed to |unable to |Failed to |invalid |unknown |conflict |Error |error |open |dockerd needs |Status: |chmod |listen )/;

function isLastWord({ level, message }: LogLine): boolean {
  return level === 'fatal' || level === 'panic' || (level === null && LAST_WORDS.test(message));
}

function isError({ level }: LogLine): boolean {
  return level === 'error' || level === 'fatal' || level === 'panic';
}

function sentence({ message, error }: LogLine): string {
  const text = error === null || message.includes(error) ? message : `${message}: ${error}`;
  return printable(text.trim(), MOST_QUOTED);
}
