/** What shows nothing, or only a space: pasted along from web pages and word processors. */
export const UNSEEN = /[\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\u3000\ufeff]/g;
