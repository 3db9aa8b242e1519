import { listAnchors, readsAnchors } from '../../core/trust/consumers/system/anchors.js';
import { readSnapshot } from '../../system/files/read-snapshot.js';
import { defineCommand } from '../../app/context/command.js';
import { renderTable } from '../text/table.js';

export const command = defineCommand({
  looks: () => true,
  summary: 'the CAs that were added to the system store',
  args: [],
  options: {},
  examples: ['trust list-cas'],
  run: (context) => {
    const { snapshot } = readSnapshot(context.host, (seen) => readsAnchors(seen));
    return Promise.resolve({ authorities: listAnchors(snapshot) });
  },
  render: ({ authorities }, style) =>
    authorities.length === 0
      ? 'No CA was added to those that the system brings along.'
      : renderTable(
          ['NAME', 'UNTIL', 'COMPILED', 'SUBJECT', 'FILE'],
          authorities.map(({ name, until, compiled, subject, path }) => [
            name ?? '(by others)',
            until,
            compiled ? 'yes' : 'no',
            subject,
            path,
          ]),
          style,
        ),
});
