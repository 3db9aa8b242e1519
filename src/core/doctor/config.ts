import { bytesOf } from '../content.js';
import { validateConfig } from '../daemon/validate.js';
import { NEWEST_ENGINE, parseVersion } from '../daemon/version.js';
import type { Family } from './facts.js';

export const configFamily: Family = {
  name: 'daemon.json',
  ok: 'this dockerd starts with it, and every key does what it says',
  find: ({ observed, host }) => {
    const { configFile, configPath: path, version, argv } = observed;
    if (configFile === null) return [];
    const engine = parseVersion(version ?? '') ?? NEWEST_ENGINE;
    const bytes = bytesOf(configFile.content, new Map());
    return validateConfig({ bytes, path, engine, argv, host }).findings;
  },
};
