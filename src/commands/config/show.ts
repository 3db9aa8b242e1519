import { effectiveConfig, type EffectiveValue } from '../../core/dockerd/config/effective.js';
import { configOf } from '../../core/dockerd/config/edit.js';
import { engineOf } from '../../core/dockerd/options/keys/version.js';
import { shapeAt } from '../../core/dockerd/options/value.js';
import { get, textAt } from '../../core/formats/json/json-edit.js';
import { parsePath } from '../../core/formats/json/json-path.js';
import type { Json } from '../../core/formats/json/json-object.js';
import { readDaemonJson } from '../../app/change/daemon-json.js';
import { redactValue } from '../../core/text/redact.js';
import { defineCommand } from '../../app/context/command.js';
import { effectiveLines } from '../text/effective-text.js';

interface Shown {
  readonly path: string;
  /** What the file says (of KEY); null where it says nothing. */
  readonly value: Json;
  /** The same as it is written. */
  readonly text: string | null;
  /** With --effective: every key, or that of KEY; without passwords, as `docker info` has it. */
  readonly effective: readonly EffectiveValue[] | null;
}

export const command = defineCommand({
  isVerbatim: true,
  looks: () => true,
  summary: 'show daemon.json, or what dockerd makes of it',
  args: [{ name: 'KEY', describe: 'only this: log-opts, or log-opts.max-size' }],
  options: {
    effective: {
      type: 'boolean',
      describe: 'each value in use, and whether the file, a flag or dockerd itself says it',
    },
  },
  examples: ['config show', 'config show --effective', 'config show log-driver --effective'],
  run: async (context, { args: [key], options: { effective } }): Promise<Shown> => {
    const path = key === undefined ? [] : parsePath(key);
    const { document, observed } = await readDaemonJson(context);
    if (path.length > 0 && get(document, path) === undefined)
      shapeAt(path, engineOf(observed.version));
    const written = path.length === 0 ? document.text : textAt(document, path);
    return {
      path: observed.configPath,
      value: path.length === 0 ? configOf(document) : (get(document, path) ?? null),
      text: observed.configFile === null ? null : (written ?? null),
      effective: effective
        ? redactValue(
            effectiveConfig(observed, document).filter(
              (value) => path.length === 0 || value.key === path[0],
            ),
          )
        : null,
    };
  },
  render: ({ path, text, effective }, style) => {
    if (effective !== null) return effectiveLines(effective, style).join('\n');
    return (
      text?.trimEnd() ?? style.dim(style.say(`${path} does not say: dockerd uses its defaults.`))
    );
  },
});
