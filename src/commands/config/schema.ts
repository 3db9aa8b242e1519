import { configJsonSchema } from '../../core/dockerd/options/keys/schema.js';
import { formatVersion } from '../../core/dockerd/options/keys/version.js';
import { defineCommand } from '../../app/context/command.js';
import { chosenEngine } from './engine-option.js';

export const command = defineCommand({
  summary: 'print the JSON Schema of daemon.json, for editors',
  args: [],
  options: {
    engine: {
      type: 'string',
      default: 'auto',
      describe: "dockerd's version; auto: the one of this machine",
      placeholder: 'VERSION',
    },
  },
  examples: ['config schema > daemon.schema.json', 'config schema --engine 27'],
  run: async (context, { options: { engine } }) => {
    const { version } = await chosenEngine(context, engine);
    return { engine: formatVersion(version), schema: configJsonSchema(version) };
  },
  render: ({ schema }) => JSON.stringify(schema, null, 2),
});
