import { found } from '../codes.js';
import type { Family } from '../facts.js';

export const changeFamily: Family = {
  name: 'changes',
  unseen: ({ stateHidden }) => stateHidden,
  ok: 'no change was cut off',
  find: ({ openChange }) => {
    if (openChange === null) return [];
    if (openChange === 'damaged')
      return [
        found('change-interrupted', {
          subject: 'journal.json',
          message:
            'a change is open whose journal cannot be read: nothing takes it back by itself.',
          hint: 'dockerctl recover',
        }),
      ];
    const { title, awaiting } = openChange;
    return [
      awaiting
        ? found('change-awaits-confirmation', {
            subject: title,
            message: `\`${title}\` will be rolled back unless it is confirmed.`,
            hint: 'dockerctl confirm',
          })
        : found('change-interrupted', {
            subject: title,
            message: `\`${title}\` was cut off in the middle; the next change undoes it first.`,
            hint: 'dockerctl recover',
          }),
    ];
  },
};
