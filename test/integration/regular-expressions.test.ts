import vm from 'node:vm';
import { expect, test } from '@jest/globals';
import { literalsBelow, pumpsFor } from '../support/regular-expressions.js';

/** What takes the square of a megabyte takes a quarter of an hour. */
const DEADLINE_MS = 10_000;
const MEGABYTE = 1_000_000;
/** Two by two they are more, and the square of this is a minute. */
const PAIR = 200_000;

test('every regular expression takes its megabyte, whatever is in it', () => {
  const sandbox = vm.createContext({});
  const search = new vm.Script('text.replace(pattern, "")');
  const literals = literalsBelow('src');
  expect(literals.length).toBeGreaterThan(400);
  const slow = literals.filter((literal) => {
    const { pattern, flags } = literal;
    const made = `new RegExp(${JSON.stringify(pattern)}, ${JSON.stringify(flags.includes('g') ? flags : `${flags}g`)})`;
    sandbox.pattern = vm.runInContext(made, sandbox) as RegExp;
    return pumpsFor(literal).some(({ text, isPair }) => {
      sandbox.text = `${text.repeat((isPair ? PAIR : MEGABYTE) / text.length)}\u0001`;
      try {
        search.runInContext(sandbox, { timeout: DEADLINE_MS });
        return false;
      } catch {
        return true;
      }
    });
  });
  expect(slow).toEqual([]);
}, 600_000);
