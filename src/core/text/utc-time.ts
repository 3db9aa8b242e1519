/** `2026-11-30 17:21:07 UTC`; `time`: milliseconds since 1970. */
export const utcTime = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** The day of a time, as `2026-12-01`, in UTC: certificates end by it. @param time milliseconds since 1970, or what Date reads */
export const utcDay = (time: number | string): string => new Date(time).toISOString().slice(0, 10);
