// What the values of daemon.json are put together with.
import fc from 'fast-check';

const { array, constantFrom, oneof, record, tuple } = fc;

/** One of the words between the bars. */
export const pick = (...words) => constantFrom(...words.flatMap((list) => list.split('|')));

export const list = (item) => array(item, { maxLength: 3 });
export const join = (...parts) => tuple(...parts).map((found) => found.join(''));
/** An object with some of the fields. */
export const maybe = (fields) => record(fields, { requiredKeys: [] });

export const whole = oneof(
  fc.integer({ min: -2, max: 12 }),
  fc.integer({ min: -70000, max: 70000 }),
  constantFrom(0, 1, 67, 68, 1280, 1500, 9000, 65535, 65536, 2147483647, 2147483648, -2147483649),
);
