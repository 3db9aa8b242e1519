import type { Trusted } from '../../core/trust/listing.js';
import { printable } from '../../core/printable.js';
import { defineCommand, type Style } from '../command.js';
import { readTrusted } from './known.js';

export const command = defineCommand({
  summary: 'every registry trusted on this machine, by whom, by what, until when',
  args: [],
  options: {},
  examples: ['trust list', 'trust list --json'],
  run: async (context) => ({ registries: await readTrusted(context) }),
  render: ({ registries }, style) =>
    registries.length === 0
      ? 'No registry is trusted here beyond what the system trusts.'
      : renderTable(registries, style),
});

function renderTable(registries: readonly Trusted[], style: Style): string {
  const rows = registries.map(({ registry, consumer, until, insecure, by }) => [
    printable(registry),
    consumer,
    until ?? '-',
    insecure ? 'insecure: nothing is verified' : by.join('; '),
  ]);
  const head = ['REGISTRY', 'CONSUMER', 'UNTIL', 'BY'];
  const widths = [0, 1, 2].map((column) =>
    [head, ...rows].reduce((width, row) => Math.max(width, row[column]?.length ?? 0), 0),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    style.bold(line(head)),
    ...rows.map((row, index) =>
      registries[index]?.insecure === true ? style.yellow(line(row)) : line(row),
    ),
  ].join('\n');
}
