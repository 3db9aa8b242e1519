import { defineCommand } from '../../app/context/command.js';
import { printable } from '../../core/text/printable.js';
import { renderTable } from '../text/table.js';
import { readTrusted } from '../../app/trust/list-trusted.js';

export const command = defineCommand({
  looks: () => true,
  summary: 'every registry trusted on this machine, by whom, by what, until when',
  args: [],
  options: {},
  examples: ['trust list', 'trust list --json'],
  run: async (context) => ({ registries: await readTrusted(context) }),
  render: ({ registries }, style) =>
    registries.length === 0
      ? 'No registry is trusted here beyond what the system trusts.'
      : renderTable(
          ['REGISTRY', 'CONSUMER', 'UNTIL', 'BY'],
          registries.map(({ registry, consumer, until, insecure, by, asks }) => [
            registry,
            consumer,
            until ?? '-',
            [
              ...(insecure ? ['insecure: nothing is verified'] : []),
              ...by,
              ...(asks.length === 0
                ? []
                : [`asks ${asks.map((url) => printable(url)).join(', ')}`]),
            ].join('; '),
          ]),
          style,
        ),
});
