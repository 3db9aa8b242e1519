import { bytesIn } from '../daemon/file.js';
import { fixableOf } from '../daemon/fix.js';
import { NO_FILE, verdictOn } from '../daemon/verdict.js';
import type { Finding } from '../finding.js';
import { withConfigCommand } from './config-commands.js';
import type { Family } from './facts.js';

export const configFamily: Family = {
  name: 'daemon.json',
  ok: ({ observed: { configFile } }) =>
    configFile === null
      ? 'there is none, and dockerd has its defaults'
      : 'this dockerd starts with it, and every key does what it says',
  find: (facts): Finding[] => {
    const { observed, host } = facts;
    const bytes = bytesIn(observed.configFile) ?? NO_FILE;
    const verdict = verdictOn(bytes, observed, host);
    const fixable = fixableOf(verdict, bytes);
    return verdict.findings.map((finding) => withConfigCommand(facts, finding, fixable));
  },
};
