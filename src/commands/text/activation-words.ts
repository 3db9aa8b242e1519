import type { Outcome } from '../../core/plan/outcome.js';

type How = NonNullable<Outcome['activated']>['how'];

/** How dockerd was told of a change, behind `applied`; of a code that an older dockerctl wrote, the code. */
export function activationWords(how: string): string {
  if (how === 'none') return '';
  return Object.hasOwn(WORDS, how) ? WORDS[how as How] : `by ${how}`;
}

const WORDS: Readonly<Record<How, string>> = {
  reload: 'by reload',
  restart: 'by restart',
  'live-restore-bridge': 'by restart, containers kept',
  start: 'by starting dockerd',
  overtaken: 'while somebody else restarted or stopped dockerd',
};
