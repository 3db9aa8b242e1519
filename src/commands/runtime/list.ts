import { atPointer } from '../../core/plan/expectation.js';
import { runtimesOf } from '../../core/dockerd/config/runtimes.js';
import { get } from '../../core/formats/json/json-edit.js';
import type { Json } from '../../core/formats/json/json-object.js';
import { readDaemonJson } from '../../app/change/daemon-json.js';
import { defineCommand } from '../../app/context/command.js';
import { readPresets } from './presets.js';

export const command = defineCommand({
  looks: () => true,
  summary: 'list container runtimes: of the file, of the running daemon, and known ones',
  args: [],
  options: {},
  examples: ['runtime list'],
  run: async (context) => {
    const { document, observed } = await readDaemonJson(context);
    const { info } = observed;
    return {
      path: observed.configPath,
      default:
        info === null
          ? (get(document, ['default-runtime']) ?? 'runc')
          : (info.DefaultRuntime ?? null),
      configured: runtimesOf(document),
      loaded: info && Object.keys((atPointer(info, '/Runtimes') ?? {}) as Record<string, Json>),
      presets: Object.entries(readPresets(context.host)).map(([name, { summary }]) => ({
        name,
        summary,
      })),
    };
  },
  render: ({ default: preferred, configured, loaded, presets, path }, style) => {
    const names = [...new Set([...Object.keys(configured), ...(loaded ?? ['runc'])])].sort();
    const place = (name: string) => {
      if (loaded !== null && !loaded.includes(name))
        return style.yellow(`in ${path}, not in the running daemon`);
      return name in configured ? `in ${path}` : style.dim("dockerd's own");
    };
    const offered = presets.filter(({ name }) => !names.includes(name));
    return [
      ...names.map(
        (name) => `${name === preferred ? style.bold(`${name} (default)`) : name}  ${place(name)}`,
      ),
      ...(offered.length === 0 ? [] : ['', 'Known, to add by name:']),
      ...offered.map(({ name, summary }) => `${name}  ${style.dim(summary)}`),
    ].join('\n');
  },
});
