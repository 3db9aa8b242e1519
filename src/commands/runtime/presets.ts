import { parseSettings } from '../../core/formats/json/json5-settings.js';
import { RUNTIME_PRESETS, type RuntimePreset } from '../../core/dockerd/config/runtimes.js';
import type { Host } from '../../host/host.js';

/** The runtimes that dockerctl knows by name. */
export function readPresets(host: Host): Readonly<Record<string, RuntimePreset>> {
  const text = Buffer.from(host.fs.readAsset('templates/runtimes.json5')).toString('utf8');
  return RUNTIME_PRESETS.parse(parseSettings(text));
}
